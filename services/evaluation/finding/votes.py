"""Which quarter's vote a finding is about where the branch does not say: the one that comes next (R-160)."""

import contextlib
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.evaluation.award import store as awards
from services.evaluation.award.domain import AwardState
from services.evaluation.election import shortage
from services.evaluation.election import store as elections
from services.evaluation.election.domain import ElectionState
from services.evaluation.finding.domain import Finding
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Meeting, MeetingState
from shared import clock, period
from shared.db import Connection
from shared.scheme import store as schemes

RUNNING = {MeetingState.ANNOUNCED, MeetingState.OPEN}
DECIDED = {ElectionState.COUNTED, elections.NO_ELECTION}


class Vote(StrEnum):
    """Where a quarter's vote stands for the member of a finding."""

    AHEAD = "ahead"
    OVER = "over"
    WON = "won"
    """over, and the member won; the award is not published yet, so that the finding can still withhold or stop it"""


def stage(meeting: MeetingState, ballot: str | None, starts_on: date, today: date, *, won: bool) -> Vote | None:
    """Say where the vote of a meeting stands; none where the meeting was cancelled or forgotten in an earlier quarter.

    The vote decides, not the minutes: they may be locked long after the count, and a vote that was annulled since may
    be repeated.
    """
    if won:
        return Vote.WON
    if meeting in RUNNING and ballot not in DECIDED:
        forgotten = meeting is MeetingState.ANNOUNCED and starts_on < period.first_day(period.of(today))
        return None if forgotten else Vote.AHEAD
    if meeting is MeetingState.CANCELLED:
        return None
    return Vote.AHEAD if ballot == ElectionState.ANNULLED else Vote.OVER


def upcoming(today: date, past: Vote | None, present: Vote | None) -> str:
    """Give the quarter whose vote comes next, or which the member won; `past` is the last quarter's vote.

    Where the last quarter's was never announced, it may still be ahead in the first month of this one.
    """
    quarter = period.of(today)
    early = today < period.months_after(period.first_day(quarter), 1)
    if present is not Vote.WON and (past in {Vote.AHEAD, Vote.WON} or (past is None and early)):
        return period.previous(quarter)
    return period.following(quarter) if present is Vote.OVER else quarter


def next_of(conn: Connection, finding: Finding) -> str:
    """Give the quarter of a finding where nothing is said: of the meeting it names, else of the branch's next vote."""
    if finding.meeting_id is not None:
        with contextlib.suppress(meetings.MeetingNotFound):
            meeting = meetings.read(conn, finding.tenant_id, finding.meeting_id)
            if _stage(conn, finding, meeting) in {Vote.AHEAD, Vote.WON}:
                return meeting.period
    today = clock.today()
    quarter = period.of(today)
    return upcoming(today, _of_quarter(conn, finding, period.previous(quarter)), _of_quarter(conn, finding, quarter))


def _of_quarter(conn: Connection, finding: Finding, quarter: str) -> Vote | None:
    held = meetings.list_meetings(conn, finding.tenant_id, [finding.organization_id], quarter)
    return next((_stage(conn, finding, one) for one in held if one.state is not MeetingState.CANCELLED), None)


def _stage(conn: Connection, finding: Finding, meeting: Meeting) -> Vote | None:
    ballot = elections.state_of(conn, meeting.tenant_id, meeting.id)
    if ballot == ElectionState.COUNTED and _goes_on(conn, meeting):
        ballot = None
    won = _won(conn, finding, meeting.id)
    return stage(meeting.state, ballot, clock.day_of(meeting.starts_at), clock.today(), won=won)


def _goes_on(conn: Connection, meeting: Meeting) -> bool:
    """Say whether the branch may still call a second round, in which the member could stand."""
    found = shortage.of(elections.list_of_meeting(conn, meeting.tenant_id, meeting.id))
    if found is None:
        return False
    scheme = schemes.version(conn, meeting.tenant_id, found.source.scheme_id, found.source.scheme_version)
    return not shortage.obstacles(meeting, scheme, shortage.SECOND_ROUND, found)


def _won(conn: Connection, finding: Finding, meeting_id: UUID) -> bool:
    found = awards.list_of_people(conn, finding.tenant_id, [finding.person_id])
    return any(one.meeting_id == meeting_id and one.alive and one.state is not AwardState.PUBLISHED for one in found)
