"""The rules of attendance: leave, marks, guests, and what is still missing from the roll."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.evaluation.meeting.domain import (
    PRESENCE_NAMES,
    Attendee,
    Capacity,
    Leave,
    Meeting,
    MeetingState,
    Note,
    NoteKind,
    Presence,
)
from services.evaluation.meeting.rules import NoReason, NotAnnounced, running
from shared.directory.domain import Person, Standing
from shared.errors import Invalid, NotAllowed, RuleBroken


class LeaveDecided(RuleBroken):
    """请假已经批复，不能重新申请；如有变化请与支部书记联系。"""


class LeaveNotAsked(RuleBroken):
    """这位党员没有请假。"""


class NotOfThisBranch(NotAllowed):
    """您不在召开会议的支部。"""


class ExcusedPresence(Invalid):
    """出席的人不需要正当理由；请核对出席情况。"""


class WrongCapacity(Invalid):
    """应邀参加的人只能是入党积极分子、党外群众代表或上级列席人员。"""


class GuestUnnamed(Invalid):
    """请填写应邀人员的姓名，或从名册中选择。"""


class AlreadyListed(RuleBroken):
    """这个人已在会议名单中。"""


class ChangeNeedsReason(Invalid):
    """投票已经发起，更改名单和登记须写明更改原因；已经发起的投票不受影响。"""


def snapshot(meeting: Meeting, person: Person, leave: Leave | None, now: datetime) -> Attendee:
    """Enter a person of the branch in the roll as the directory knows them now; a decided leave is marked."""
    capacity = Capacity.ACTIVIST if person.standing is Standing.ACTIVIST else Capacity.MEMBER
    attendee = Attendee(
        meeting.tenant_id, meeting.id, person.id, capacity, person.name, person.number, person.stroke_key,
        person.standing, person.identity, person.leader, person.exempt, person.counted, person.floating,
    )  # fmt: skip
    if leave is None or leave.granted is None:
        return attendee
    return replace(
        attendee, presence=Presence.EXCUSED_ABSENT, excused=leave.granted, reason=leave.reason,
        marked_by=leave.decided_by, marked_at=now,
    )  # fmt: skip


def guest(meeting: Meeting, person_id: UUID, name: str, capacity: Capacity, *, by: UUID, now: datetime) -> Attendee:
    """Enter somebody invited, who is present; outside the quorum, without a vote (R-018). Raises `WrongCapacity`, …"""
    running(meeting)
    if capacity is Capacity.MEMBER:
        raise WrongCapacity
    if not name:
        raise GuestUnnamed
    return Attendee(
        meeting.tenant_id, meeting.id, person_id, capacity, name, "", "", None, None, leader=False, exempt=False,
        counted=False, floating=False, presence=Presence.PRESENT, marked_by=by, marked_at=now,
    )  # fmt: skip


def mark(
    attendee: Attendee,
    presence: Presence,
    *,
    excused: bool | None,
    reason: bytes | None,
    channel: str,
    by: UUID,
    now: datetime,
) -> Attendee:
    """Mark whether somebody came; the secretary decides whether an absence has 正当理由 (R-124).

    On leave with `excused` None this waits to be decided, before the vote; who is absent without a word has none.
    Raises `ExcusedPresence`, `NoReason` (正当理由 without any reason).
    """
    away = presence in {Presence.EXCUSED_ABSENT, Presence.ABSENT}
    if excused and not away:
        raise ExcusedPresence
    if excused and reason is None and attendee.reason is None:
        raise NoReason("认定有正当理由的，请写明理由。")
    return replace(
        attendee, presence=presence, excused=bool(excused), reason=(reason or attendee.reason) if away else None,
        undecided=excused is None and presence is Presence.EXCUSED_ABSENT,
        channel=channel if presence is Presence.PRESENT else "", marked_by=by, marked_at=now,
    )  # fmt: skip


def ask_leave(meeting: Meeting, earlier: Leave | None, person: Person, reason: bytes, now: datetime) -> Leave:
    """Ask for leave before the meeting opens. Raises `NotAnnounced`, `LeaveDecided`."""
    if meeting.state is not MeetingState.ANNOUNCED:
        raise NotAnnounced("会议已经召开、结束或取消，不能再请假。")
    if earlier is not None and earlier.granted is not None:
        raise LeaveDecided
    return Leave(meeting.tenant_id, meeting.id, person.id, reason, now)


def decide_leave(leave: Leave | None, *, granted: bool, note: str, by: UUID, now: datetime) -> Leave:
    """Decide whether the reason is good. Raises `LeaveNotAsked`."""
    if leave is None:
        raise LeaveNotAsked
    return replace(leave, granted=granted, note=note, decided_by=by, decided_at=now)


def unmarked(attendees: list[Attendee]) -> list[Attendee]:
    """Give the members whose attendance is not marked; the exempt may stay unmarked."""
    return [
        one
        for one in attendees
        if one.capacity is Capacity.MEMBER and one.presence is Presence.NOT_MARKED and not one.exempt
    ]


def gaps(attendees: list[Attendee]) -> list[str]:
    """List every member whose attendance is not marked, or on whose leave nobody has decided."""
    missing = [one.name for one in unmarked(attendees)]
    waiting = [one.name for one in attendees if one.capacity is Capacity.MEMBER and one.waits and not one.exempt]
    found = [f"出席情况未登记：{'、'.join(missing)}。"] if missing else []
    return [*found, f"请假的正当理由还没有认定：{'、'.join(waiting)}。"] if waiting else found


def words(attendee: Attendee) -> str:
    """Say how somebody attended, as minutes do; never the reason."""
    text = PRESENCE_NAMES[attendee.presence]
    if attendee.channel:
        return f"{text}（{attendee.channel}）"
    if attendee.waits:
        return f"{text}（理由待定）"
    if attendee.presence in {Presence.EXCUSED_ABSENT, Presence.ABSENT}:
        return f"{text}（{'有' if attendee.excused else '无'}正当理由）"
    return text


def fixed(ballot: str | None) -> bool:
    """Say whether a ballot stands on the roll, so that it changes only with a reason: called and not void."""
    return ballot not in {None, "annulled", "no_election"}


def changed(
    changes: list[str], reason: str, *, by: UUID, meeting: Meeting, note_id: UUID, now: datetime
) -> Note | None:
    """Note what was changed after the vote was called, for the minutes; nothing where nothing changed.

    Raises `ChangeNeedsReason`.
    """
    if not changes:
        return None
    if not reason.strip():
        raise ChangeNeedsReason
    text = f"投票发起以后更改：{'；'.join(changes)}。原因：{reason.strip()}。已发起的投票不受影响。"
    return Note(meeting.tenant_id, meeting.id, note_id, NoteKind.CORRECTION, text, by, now)
