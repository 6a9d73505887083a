"""A meeting step by step: each refusal of the report, the observer, the opening, the end and the calling off."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.evaluation.meeting import rules
from services.evaluation.meeting.domain import Capacity, Meeting, MeetingState, Presence
from shared import clock
from shared.directory.domain import Kind, Organization, Standing
from tests.unit.evaluation.meetings import NOW, TENANT, attendee, make_scheme, meeting, organization, person

BY = UUID(int=7)
LATER = NOW + timedelta(days=2)


def announce(made: Meeting, *, existing: Meeting | None = None) -> Meeting:
    return rules.announce(made, organization(), existing=existing, scheme=make_scheme(), now=NOW)


@pytest.mark.parametrize("period", ["2026", "2026Q5", ""])
def test_a_meeting_belongs_to_a_quarter(period: str) -> None:
    """R-115"""
    with pytest.raises(rules.NoSuchQuarter):
        announce(meeting(period=period))


def test_a_meeting_is_not_held_before_its_quarter_begins_in_shanghai() -> None:
    """R-115"""
    began = datetime(2026, 9, 30, 16, tzinfo=UTC)
    assert announce(meeting(starts_at=began, late_reason="补录")).period == "2026Q4"
    with pytest.raises(rules.BeforeQuarter):
        announce(meeting(starts_at=began - timedelta(minutes=1), late_reason="补录"))


def test_a_quarter_has_one_meeting() -> None:
    """R-115"""
    with pytest.raises(rules.AlreadyAnnounced):
        announce(meeting(), existing=meeting())


def step(name: str) -> Any:
    """Give a step of a meeting as a function of the meeting alone."""
    return {
        "appoint": lambda made: rules.appoint(made, BY, "", by=BY, now=LATER),
        "open": lambda made: rules.open_(made, chair="甲", recorder="乙", by=BY, now=LATER),
        "run": rules.running,
        "close": lambda made: rules.close(made, [], "counted", "总结", by=BY, now=LATER),
        "cancel": lambda made: rules.cancel(made, None, "停电", now=LATER),
        "correct": rules.correct,
    }[name]


@pytest.mark.parametrize("state", list(MeetingState))
@pytest.mark.parametrize(
    ("name", "allowed", "refusal"),
    [
        ("appoint", {"announced"}, rules.NotAnnounced),
        ("open", {"announced"}, rules.NotAnnounced),
        ("run", {"open"}, rules.NotOpen),
        ("close", {"open"}, rules.NotOpen),
        ("cancel", {"announced", "open"}, rules.CannotCancel),
        ("correct", {"closed"}, rules.NotClosed),
    ],
)
def test_a_step_is_taken_in_its_state_and_refused_in_every_other(
    name: str, allowed: set[str], refusal: type[Exception], state: MeetingState
) -> None:
    """R-115, R-122."""
    made = meeting(state=state)
    if state in allowed:
        assert step(name)(made).id == made.id
        return
    with pytest.raises(refusal):
        step(name)(made)


def test_every_step_notes_what_was_done_by_whom_and_when() -> None:
    made = step("appoint")(meeting())
    assert (made.observer_id, made.observer_by, made.observer_at) == (BY, BY, LATER)
    made = step("open")(made)
    assert (made.state, made.chair, made.recorder) == (MeetingState.OPEN, "甲", "乙")
    assert (made.opened_by, made.opened_at) == (BY, LATER)
    off = step("cancel")(made)
    assert (off.state, off.cancel_reason, off.cancelled_at) == (MeetingState.CANCELLED, "停电", LATER)
    over = step("close")(made)
    assert (over.state, over.summary, over.closed_by, over.closed_at) == (MeetingState.CLOSED, "总结", BY, LATER)


def test_who_chairs_writes_where_nobody_else_does() -> None:
    assert rules.open_(meeting(), chair="甲", recorder="", by=BY, now=NOW).recorder == "甲"


def test_a_superior_sends_somebody_or_says_why_not() -> None:
    """R-019"""
    assert rules.appoint(meeting(), None, "另有会议", by=BY, now=NOW).observer_reason == "另有会议"
    with pytest.raises(rules.ObserverUnclear):
        rules.appoint(meeting(), None, "", by=BY, now=NOW)


def below(path: str) -> Organization:
    return replace(organization(), path=path)


@pytest.mark.parametrize(
    ("home", "changes", "serves", "fit"),
    [
        ("a/other/", {}, False, True),
        ("a/", {}, False, True),
        ("b/", {}, False, False),
        ("b/", {}, True, True),
        ("b/", {"standing": Standing.NONPARTY}, True, True),
        ("a/other/", {"standing": Standing.ACTIVIST}, False, False),
        ("a/other/", {"active": False}, True, False),
        ("a/jg/", {}, False, False),
        ("a/jg/", {}, True, False),
    ],
)
def test_an_observer_comes_from_above_and_not_from_the_branch(
    home: str, changes: dict[str, Any], serves: bool, fit: bool
) -> None:
    """R-019"""
    given = person(**changes)

    def check() -> None:
        superior = replace(organization(Kind.GENERAL_BRANCH), id=TENANT, path="a/")
        rules.check_observer(given, below(home), branch=organization(), superior=superior, serves=serves)

    if fit:
        check()
    else:
        with pytest.raises(rules.ObserverUnfit):
            check()


def test_a_branch_without_a_superior_may_be_visited_by_any_member_of_another() -> None:
    rules.check_observer(person(), below("b/"), branch=organization(), superior=None, serves=False)


@pytest.mark.parametrize("ballot", ["called", "opened", "closed", "counted", "no_election"])
def test_what_was_voted_on_is_not_called_off(ballot: str) -> None:
    """R-115"""
    opened = meeting(state=MeetingState.OPEN)
    with pytest.raises(rules.CannotCancel):
        rules.cancel(opened, ballot, "停电", now=NOW)
    assert rules.cancel(opened, "annulled", "停电", now=NOW).state is MeetingState.CANCELLED
    with pytest.raises(rules.NoReason):
        rules.cancel(opened, None, "", now=NOW)


def test_everything_that_is_missing_at_the_end_is_listed() -> None:
    """R-122"""
    with pytest.raises(rules.CannotClose) as refused:
        rules.close(meeting(state=MeetingState.OPEN), ["尚未点评：甲。"], None, "", by=BY, now=NOW)
    assert refused.value.details == ["尚未点评：甲。", "尚未组织投票，也没有作出本季度不评选的决定。"]
    assert rules.ballot_gap("annulled") == ["投票已作废，尚未重新投票，也没有作出本季度不评选的决定。"]
    assert rules.ballot_gap("opened") == ["投票还没有计票完毕。"]
    assert rules.ballot_gap("counted") == rules.ballot_gap("no_election") == []


def test_a_day_earlier_or_later_than_announced() -> None:
    """The meeting was held on the day on which it was opened, if that was earlier; what is entered later is 补录."""
    made = meeting(starts_at=LATER)
    assert made.held_on == clock.day_of(LATER)
    assert replace(made, opened_at=NOW).held_on == clock.day_of(NOW)
    assert replace(made, opened_at=LATER + timedelta(days=1)).held_on == clock.day_of(LATER)
    assert not made.entered_late(LATER)
    assert made.entered_late(LATER + timedelta(days=1))


def test_ordinary_members_are_neither_leaders_nor_guests() -> None:
    """R-120"""
    assert attendee().ordinary
    assert not attendee(leader=True).ordinary
    assert not attendee(capacity=Capacity.ACTIVIST).ordinary


def test_the_count_is_of_those_entitled_and_a_quorum_is_rounded_up() -> None:
    """R-124, R-014, R-018: seven are entitled, two came, half of seven are four."""
    people = [
        attendee(presence=Presence.PRESENT),
        attendee(presence=Presence.PRESENT),
        attendee(presence=Presence.ABSENT),
        attendee(presence=Presence.EXCUSED_ABSENT),
        attendee(presence=Presence.EXCUSED_ABSENT, excused=True),
        attendee(),
        attendee(),
        attendee(presence=Presence.PRESENT, exempt=True),
        attendee(presence=Presence.PRESENT, counted=False),
        attendee(presence=Presence.PRESENT, capacity=Capacity.GUEST),
        attendee(presence=Presence.PRESENT, standing=Standing.PROBATIONARY),
    ]
    found = rules.count(people, make_scheme(meeting__quorum="1/2"))
    assert found == rules.Count(entitled=7, present=2, absent_excused=1, absent=2, not_marked=2, needed=4)
    assert not found.quorate
    assert rules.count(people[:-5], make_scheme(meeting__quorum="1/3")).quorate
