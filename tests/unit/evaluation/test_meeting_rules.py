"""Rules of a meeting: report, observer, opening, ending, in any order; 应到 and 实到."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.evaluation.meeting import rules
from services.evaluation.meeting.domain import Attendee, Capacity, Meeting, MeetingState, Presence
from shared.directory.domain import Kind, Standing
from shared.errors import Refusal
from tests.unit.evaluation.meetings import NOW, attendee, make_scheme, meeting, organization

BY = UUID(int=7)


@pytest.mark.parametrize("kind", [Kind.COMMITTEE, Kind.GENERAL_BRANCH, Kind.GROUP])
def test_only_branches_hold_the_quarterly_meeting(kind: Kind) -> None:
    """R-115."""
    with pytest.raises(rules.DoesNotMeet):
        rules.announce(meeting(), organization(kind), existing=None, scheme=make_scheme(), now=NOW)


def test_a_report_on_the_last_day_in_time_needs_no_reason() -> None:
    """R-117: the days are a setting."""
    soon = meeting(starts_at=NOW + timedelta(days=3))
    assert rules.announce(soon, organization(), existing=None, scheme=make_scheme(), now=NOW) == soon
    with pytest.raises(rules.LateReport, match="5"):
        rules.announce(soon, organization(), existing=None, scheme=make_scheme(meeting__report_days=5), now=NOW)


def test_a_report_of_what_is_already_over_is_late_but_possible() -> None:
    """R-117: entered from paper."""
    past = meeting(starts_at=NOW - timedelta(days=10), late_reason="据纸质记录补录")
    assert rules.announce(past, organization(), existing=None, scheme=make_scheme(), now=NOW) == past


def test_the_day_of_a_report_is_counted_in_shanghai() -> None:
    """23:00 UTC is the next day at home."""
    late_evening = NOW.replace(hour=17)
    assert rules.is_late(NOW + timedelta(days=3), late_evening, make_scheme())
    assert not rules.is_late(NOW + timedelta(days=3), NOW, make_scheme())


@given(st.lists(st.sampled_from(list(Standing)), max_size=30), st.fractions(0, 1, max_denominator=10), st.data())
def test_who_is_entitled_is_either_present_excused_absent_or_not_marked(
    standings: list[Standing], quorum: Fraction, data: st.DataObject
) -> None:
    """R-014, R-018, R-124: the parts add up, guests and the exempt are outside."""
    people = [
        attendee(
            standing=standing,
            exempt=data.draw(st.booleans()),
            counted=data.draw(st.booleans()),
            capacity=data.draw(st.sampled_from(list(Capacity))),
            presence=data.draw(st.sampled_from(list(Presence))),
        )
        for standing in standings
    ]
    people = [
        replace(one, excused=one.presence in {Presence.ABSENT, Presence.EXCUSED_ABSENT} and data.draw(st.booleans()))
        for one in people
    ]
    scheme = make_scheme(meeting__quorum=str(quorum))
    found = rules.count(people, scheme)
    assert found.entitled == found.present + found.absent_excused + found.absent + found.not_marked
    assert found.entitled <= sum(one.standing is Standing.FORMAL and not one.exempt for one in people)
    assert found.needed - 1 < quorum * found.entitled <= found.needed
    assert found.quorate == (found.present >= quorum * found.entitled)


def test_probationary_members_count_where_the_scheme_lets_them_vote() -> None:
    """R-130, C11, requirements 2.1."""
    both: list[Attendee] = [attendee(), attendee(standing=Standing.PROBATIONARY)]
    assert rules.count(both, make_scheme()).entitled == 1
    assert rules.count(both, make_scheme(ballot__voters=["formal", "probationary"])).entitled == 2


def test_everything_that_keeps_a_meeting_from_ending_is_said_at_once() -> None:
    """R-122."""
    with pytest.raises(rules.CannotClose) as refused:
        rules.close(meeting(state=MeetingState.OPEN), ["甲", "乙"], "opened", "", by=BY, now=NOW)
    assert len(refused.value.details) == 3


@pytest.mark.parametrize("ballot", [None, "called", "opened", "closed", "annulled"])
def test_a_ballot_that_is_not_done_keeps_the_meeting_open(ballot: str | None) -> None:
    """R-133."""
    with pytest.raises(rules.CannotClose):
        rules.close(meeting(state=MeetingState.OPEN), [], ballot, "", by=BY, now=NOW)


def test_what_is_entered_after_the_day_of_the_meeting_counts_as_entered_late() -> None:
    """R-119: recording afterwards is allowed, and shows."""
    held = meeting(starts_at=NOW, state=MeetingState.OPEN, opened_at=NOW)
    assert not held.entered_late(NOW + timedelta(hours=3))
    assert held.entered_late(NOW + timedelta(days=1))


class LifeOfAMeeting(RuleBasedStateMachine):
    """Whatever is tried in whatever order, a meeting only goes forward and a refusal changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.meeting: Meeting = meeting()
        self.ballot: str | None = None
        self.seen = [MeetingState.ANNOUNCED]

    def attempt(self, change: Meeting | None) -> None:
        if change is not None:
            self.meeting = change
            if self.seen[-1] is not change.state:
                self.seen.append(change.state)

    @rule(reason=st.sampled_from(["", "无人可派"]), sent=st.booleans())
    def appoint(self, reason: str, sent: bool) -> None:
        try:
            self.attempt(rules.appoint(self.meeting, BY if sent else None, reason, by=BY, now=NOW))
        except Refusal:
            assert self.meeting.state is not MeetingState.ANNOUNCED or not (sent or reason)

    @rule()
    def open(self) -> None:
        try:
            self.attempt(rules.open_(self.meeting, chair="王一鸣", recorder="", by=BY, now=NOW))
        except Refusal:
            assert self.meeting.state is not MeetingState.ANNOUNCED

    @rule(ballot=st.sampled_from(["called", "opened", "closed", "counted", "annulled", "no_election"]))
    def vote(self, ballot: str) -> None:
        if self.meeting.state is MeetingState.OPEN:
            self.ballot = ballot

    @rule(gaps=st.lists(st.just("缺"), max_size=1))
    def close(self, gaps: list[str]) -> None:
        try:
            self.attempt(rules.close(self.meeting, gaps, self.ballot, "", by=BY, now=NOW))
        except Refusal:
            ready = self.ballot in {"counted", "no_election"} and not gaps
            assert self.meeting.state is not MeetingState.OPEN or not ready

    @rule(reason=st.sampled_from(["", "会场冲突"]))
    def cancel(self, reason: str) -> None:
        try:
            self.attempt(rules.cancel(self.meeting, self.ballot, reason, now=NOW))
        except Refusal:
            over = self.meeting.state in {MeetingState.CLOSED, MeetingState.CANCELLED}
            assert over or not reason or self.ballot not in {None, "annulled"}

    @rule()
    def correct(self) -> None:
        try:
            rules.correct(self.meeting)
        except Refusal:
            assert self.meeting.state is not MeetingState.CLOSED
        else:
            assert self.meeting.state is MeetingState.CLOSED

    @invariant()
    def it_only_goes_forward(self) -> None:
        assert self.seen == sorted(set(self.seen), key=list(MeetingState).index)
        assert not {MeetingState.CLOSED, MeetingState.CANCELLED} & set(self.seen[:-1])

    @invariant()
    def a_closed_meeting_was_opened_and_voted_on(self) -> None:
        if self.meeting.state is MeetingState.CLOSED:
            assert self.meeting.opened_at is not None
            assert MeetingState.OPEN in self.seen


TestLifeOfAMeeting = LifeOfAMeeting.TestCase
