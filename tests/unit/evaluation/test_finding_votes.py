"""Which quarter's vote a finding is about where nobody says it (R-160)."""

from datetime import date

import pytest

from services.evaluation.finding import votes
from services.evaluation.meeting.domain import MeetingState

AHEAD, OVER, WON = votes.Vote.AHEAD, votes.Vote.OVER, votes.Vote.WON


@pytest.mark.parametrize(
    ("today", "past", "present", "quarter"),
    [
        (date(2013, 12, 21), OVER, None, "2013Q4"),
        (date(2013, 12, 21), OVER, AHEAD, "2013Q4"),
        (date(2013, 12, 21), OVER, OVER, "2014Q1"),
        (date(2013, 12, 21), OVER, WON, "2013Q4"),
        (date(2014, 1, 3), None, None, "2013Q4"),
        (date(2014, 1, 31), None, None, "2013Q4"),
        (date(2014, 2, 1), None, None, "2014Q1"),
        (date(2014, 2, 10), AHEAD, None, "2013Q4"),
        (date(2014, 1, 3), OVER, None, "2014Q1"),
        (date(2014, 1, 3), WON, None, "2013Q4"),
        (date(2014, 3, 20), WON, WON, "2014Q1"),
    ],
)
def test_where_nothing_is_said_a_finding_is_about_the_vote_that_comes_next(
    today: date, past: votes.Vote | None, present: votes.Vote | None, quarter: str
) -> None:
    """R-160: in January the fourth quarter's meeting is often still ahead; who has won is judged for that award."""
    assert votes.upcoming(today, past, present) == quarter


@pytest.mark.parametrize(
    ("meeting", "ballot", "starts_on", "expected"),
    [
        ("announced", None, date(2014, 1, 20), AHEAD),
        ("announced", None, date(2013, 12, 20), None),
        ("open", None, date(2013, 12, 20), AHEAD),
        ("open", "closed", date(2014, 1, 20), AHEAD),
        ("open", "annulled", date(2014, 1, 20), AHEAD),
        ("open", "counted", date(2014, 1, 20), OVER),
        ("open", "no_election", date(2014, 1, 20), OVER),
        ("closed", "counted", date(2014, 1, 20), OVER),
        ("closed", "annulled", date(2014, 1, 20), AHEAD),
        ("cancelled", None, date(2014, 1, 20), None),
    ],
)
def test_the_vote_decides_whether_a_quarter_is_over_not_the_minutes(
    meeting: str, ballot: str | None, starts_on: date, expected: votes.Vote | None
) -> None:
    """R-160: and a meeting that was announced for the last quarter and never opened is forgotten."""
    today = date(2014, 2, 10)
    assert votes.stage(MeetingState(meeting), ballot, starts_on, today, won=False) is expected
    assert votes.stage(MeetingState(meeting), ballot, starts_on, today, won=True) is WON
