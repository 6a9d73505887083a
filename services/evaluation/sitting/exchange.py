"""The rules of presenting and commenting: who may, in which manner, and whose turn is still to come."""

from datetime import datetime
from uuid import UUID

from services.evaluation.meeting.domain import (
    Attendee,
    Capacity,
    Comment,
    CommentKind,
    Manner,
    Meeting,
    Presence,
    Presentation,
)
from services.evaluation.meeting.rules import NoReason, running
from shared.errors import RuleBroken
from shared.scheme import Scheme


class NotAMember(RuleBroken):
    """只有党员介绍交流和接受点评。"""


class NotPresentToSpeak(RuleBroken):
    """没有登记出席的党员不能登记为本人介绍；请先登记出席，或登记为书面介绍、他人代读。"""


class NothingSaid(RuleBroken):
    """请写明点评内容，或者选一句常用语。"""


def present(
    meeting: Meeting, attendee: Attendee, manner: Manner, reason: str, text: str, *, by: UUID, now: datetime
) -> Presentation:
    """Record how a member presented; who did not needs a reason (R-118).

    Raises `NotOpen`, `NotAMember`, `NotPresentToSpeak`, `NoReason`.
    """
    running(meeting)
    if attendee.capacity is not Capacity.MEMBER:
        raise NotAMember
    if manner is Manner.SPOKEN and attendee.presence is not Presence.PRESENT:
        raise NotPresentToSpeak
    if manner is Manner.NONE and not reason:
        raise NoReason("未作介绍的，请写明原因。")
    return Presentation(meeting.tenant_id, meeting.id, attendee.person_id, manner, reason, text, by, now)


def comment(meeting: Meeting, attendee: Attendee, text: str, kind: CommentKind, *, by: UUID, now: datetime) -> Comment:
    """Record the comment of a member (R-119). Raises `NotOpen`, `NotAMember`, `NothingSaid`."""
    running(meeting)
    if attendee.capacity is not Capacity.MEMBER:
        raise NotAMember
    if not text.strip():
        raise NothingSaid
    return Comment(meeting.tenant_id, meeting.id, attendee.person_id, text.strip(), kind, by, now)


def awaiting_presentation(attendees: list[Attendee], presentations: list[Presentation]) -> list[Attendee]:
    """Give the members present of whom it is not recorded how they presented."""
    done = {one.person_id for one in presentations}
    return [one for one in here(attendees) if one.person_id not in done]


def here(attendees: list[Attendee]) -> list[Attendee]:
    """Give the members who are present."""
    return [one for one in attendees if _here(one)]


def awaiting_comment(
    attendees: list[Attendee], presentations: list[Presentation], comments: list[Comment]
) -> list[Attendee]:
    """Give the members who came or presented in another way, and have no comment yet."""
    shown = {one.person_id for one in presentations if one.manner is not Manner.NONE}
    done = {one.person_id for one in comments}
    return [
        one
        for one in attendees
        if one.capacity is Capacity.MEMBER and (_here(one) or one.person_id in shown) and one.person_id not in done
    ]


def without_comment(attendees: list[Attendee], comments: list[Comment]) -> list[Attendee]:
    """Give every member without a comment, also the absent: minutes name them, nobody is left out silently."""
    done = {one.person_id for one in comments}
    return [one for one in attendees if one.capacity is Capacity.MEMBER and one.person_id not in done]


def gaps(
    attendees: list[Attendee], presentations: list[Presentation], comments: list[Comment], scheme: Scheme
) -> list[str]:
    """List what the exchange still lacks, with names."""
    found = []
    if waiting := awaiting_presentation(attendees, presentations):
        found.append(f"介绍交流未登记：{_names(waiting)}。")
    if scheme.meeting.comment_everyone and (waiting := awaiting_comment(attendees, presentations, comments)):
        found.append(f"尚未点评：{_names(waiting)}。")
    return found


def _here(attendee: Attendee) -> bool:
    return attendee.capacity is Capacity.MEMBER and attendee.presence is Presence.PRESENT


def _names(attendees: list[Attendee]) -> str:
    return "、".join(one.name for one in attendees)


PHRASES: dict[CommentKind, tuple[str, ...]] = {
    CommentKind.PRAISE: (
        "立足本职岗位，工作扎实，在平凡的事情中体现了党员的先进性。",
        "服务群众热情主动，事迹具体感人，值得大家学习。",
        "勇于承担重要任务，带头争创佳绩。",
    ),
    CommentKind.ENCOURAGE: (
        "履行承诺认真，希望继续发挥特长，带动身边同志。",
        "进步明显，下一季度可在服务师生方面多下功夫。",
    ),
    CommentKind.REMIND: (
        "登记的事迹还不够具体，请对照承诺抓好落实。",
        "参加组织生活要更加主动，请合理安排时间。",
    ),
}
"""Words to start from; the person who comments changes them."""
