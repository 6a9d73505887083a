"""What may happen to a meeting and when it may not: announcement, observer, opening, closing, cancelling."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from services.evaluation.meeting.domain import Attendee, Capacity, Meeting, MeetingState, Presence
from shared import clock, period
from shared.directory.domain import MEETS, Organization, Person
from shared.errors import Invalid, RuleBroken
from shared.scheme import Scheme


class DoesNotMeet(RuleBroken):
    """只有党支部和直属党支部召开季度会议。"""


class NoSuchQuarter(Invalid):
    """季度的写法应如 2013Q1。"""


class BeforeQuarter(RuleBroken):
    """会议时间不能早于所评季度的第一天。"""


class AlreadyAnnounced(RuleBroken):
    """本支部这一季度的会议已经报告；如需改期，请先取消原来的会议并说明原因。"""


class LateReport(Invalid):
    """报告时间晚于规定，请填写未能按时报告的原因。"""


class NotAnnounced(RuleBroken):
    """会议已经召开、结束或取消。"""


class NotOpen(RuleBroken):
    """会议不在召开中，不能办理此事。"""


class NotClosed(RuleBroken):
    """会议记录尚未锁定，可以直接修改，不需要更正。"""


class ObserverUnclear(Invalid):
    """请选定列席人员；不派员列席的，请写明原因。"""


class ObserverUnfit(RuleBroken):
    """列席人员须为上级党组织或其下属其他支部的党员、干部，不能是召开会议的支部的人。"""


class CannotClose(RuleBroken):
    """会议还不能结束。"""


class CannotCancel(RuleBroken):
    """会议不能取消。"""


class NoReason(Invalid):
    """请写明原因。"""


@dataclass(frozen=True)
class Count:
    """应到 and 实到 of those who may vote (R-124, requirements 2.1)."""

    entitled: int
    present: int
    absent_excused: int
    absent: int
    not_marked: int
    needed: int
    """how many must be present"""

    @property
    def quorate(self) -> bool:
        """Say whether enough are present."""
        return self.present >= self.needed


def announce(
    meeting: Meeting, organization: Organization, *, existing: Meeting | None, scheme: Scheme, now: datetime
) -> Meeting:
    """Judge a new announcement (R-115, R-117). A late report needs a written reason; nothing else holds it up.

    Raises `DoesNotMeet`, `NoSuchQuarter`, `BeforeQuarter`, `AlreadyAnnounced`, `LateReport`.
    """
    if organization.kind not in MEETS:
        raise DoesNotMeet
    if not period.PATTERN.match(meeting.period):
        raise NoSuchQuarter
    if clock.day_of(meeting.starts_at) < period.first_day(meeting.period):
        raise BeforeQuarter
    if existing is not None:
        raise AlreadyAnnounced
    if is_late(meeting.starts_at, now, scheme) and not meeting.late_reason:
        days = scheme.meeting.report_days
        raise LateReport(f"会议应提前{days}天向上级党组织报告；请填写未能按时报告的原因。")
    return meeting


def is_late(starts_at: datetime, now: datetime, scheme: Scheme) -> bool:
    """Say whether a report made now comes later than the scheme's days before the meeting."""
    return clock.day_of(starts_at) - clock.day_of(now) < timedelta(days=scheme.meeting.report_days)


def appoint(meeting: Meeting, observer_id: UUID | None, reason: str, *, by: UUID, now: datetime) -> Meeting:
    """Note the superior's answer: an observer, or why none comes (R-019). Raises `NotAnnounced`, `ObserverUnclear`."""
    if meeting.state is not MeetingState.ANNOUNCED:
        raise NotAnnounced
    if observer_id is None and not reason:
        raise ObserverUnclear
    return replace(meeting, observer_id=observer_id, observer_reason=reason, observer_by=by, observer_at=now)


def check_observer(
    person: Person, home: Organization, *, branch: Organization, superior: Organization | None, serves: bool
) -> None:
    """Judge who may be sent: of the superior organisation or an office holder there, not of the branch itself (R-019).

    `home` is where the person belongs, `serves` whether the person holds a position at the superior.
    Raises `ObserverUnfit`.
    """
    within = superior is None or superior.contains(home.path)
    if not person.active or branch.contains(home.path) or not (serves or (person.is_member and within)):
        raise ObserverUnfit


def open_(meeting: Meeting, *, chair: str, recorder: str, by: UUID, now: datetime) -> Meeting:
    """Open a meeting; entries of the quarter close with it (R-112). Raises `NotAnnounced`."""
    if meeting.state is not MeetingState.ANNOUNCED:
        raise NotAnnounced
    return replace(
        meeting, state=MeetingState.OPEN, chair=chair, recorder=recorder or chair, opened_by=by, opened_at=now
    )


def running(meeting: Meeting) -> Meeting:
    """Give the meeting if it is being held. Raises `NotOpen`."""
    if meeting.state is not MeetingState.OPEN:
        raise NotOpen
    return meeting


def close(meeting: Meeting, gaps: list[str], ballot: str | None, summary: str, *, by: UUID, now: datetime) -> Meeting:
    """Lock the minutes, when nothing is missing and the ballot is done (R-122). Raises `NotOpen`, `CannotClose`."""
    running(meeting)
    found = [*gaps, *ballot_gap(ballot)]
    if found:
        raise CannotClose(details=found)
    return replace(meeting, state=MeetingState.CLOSED, summary=summary, closed_by=by, closed_at=now)


def ballot_gap(ballot: str | None) -> list[str]:
    """Say what the ballot still needs before the meeting can end."""
    match ballot:
        case "counted" | "no_election":
            return []
        case None:
            return ["尚未组织投票，也没有作出本季度不评选的决定。"]
        case "annulled":
            return ["投票已作废，尚未重新投票，也没有作出本季度不评选的决定。"]
        case _:
            return ["投票还没有计票完毕。"]


def cancel(meeting: Meeting, ballot: str | None, reason: str, *, now: datetime) -> Meeting:
    """Call a meeting off, with a reason, while nothing was voted on. Raises `CannotCancel`, `NoReason`."""
    if meeting.state not in {MeetingState.ANNOUNCED, MeetingState.OPEN}:
        raise CannotCancel("会议已经结束或取消，不能再取消。")
    if ballot not in {None, "annulled"}:
        raise CannotCancel("会议已经组织投票或作出不评选的决定，不能取消。")
    if not reason:
        raise NoReason
    return replace(meeting, state=MeetingState.CANCELLED, cancel_reason=reason, cancelled_at=now)


def correct(meeting: Meeting) -> Meeting:
    """Give the meeting if its minutes are locked, so that corrections are additions. Raises `NotClosed`."""
    if meeting.state is not MeetingState.CLOSED:
        raise NotClosed
    return meeting


def is_entitled(attendee: Attendee, scheme: Scheme) -> bool:
    """Say whether an attendee belongs to 应到会: a member with a vote, counted and not exempt (R-014, R-018)."""
    return (
        attendee.capacity is Capacity.MEMBER
        and attendee.standing in scheme.ballot.voters
        and attendee.counted
        and not attendee.exempt
    )


def count(attendees: list[Attendee], scheme: Scheme) -> Count:
    """Count 应到 and 实到 among those entitled (requirements 2.1); `needed`: the quorum, rounded up to a person."""
    entitled = [attendee for attendee in attendees if is_entitled(attendee, scheme)]
    share = scheme.meeting.quorum
    return Count(
        entitled=len(entitled),
        present=sum(one.presence is Presence.PRESENT for one in entitled),
        absent_excused=sum(one.excused for one in entitled),
        absent=sum(one.presence in {Presence.ABSENT, Presence.EXCUSED_ABSENT} and not one.excused for one in entitled),
        not_marked=sum(one.presence is Presence.NOT_MARKED for one in entitled),
        needed=-(-len(entitled) * share.numerator // share.denominator),
    )
