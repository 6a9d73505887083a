"""Who may stand, case by case: what of the roll and the scheme is held against a member, and who decides proposals."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.evaluation.eligibility import rules
from services.evaluation.eligibility.domain import Decision
from services.evaluation.meeting.domain import Attendee, Presence
from tests.unit.evaluation.cases import NOBODY, absence, attendee, case, codes, months, person, scheme


def test_leaders_stand_unless_the_scheme_says_no_and_only_they_are_touched_by_it() -> None:
    """R-132"""
    assert codes(case(person=person(leader=True))) == []
    assert codes(case(), scheme(ballot__leaders_stand=False)) == []
    assert codes(case(person=person(leader=True)), scheme(ballot__leaders_stand=False)) == ["leader"]


def test_who_is_exempt_is_neither_marked_nor_judged_by_attendance() -> None:
    """R-014"""
    made = case(person=person(exempt=True), attendee=attendee(Presence.NOT_MARKED), deeds=0, manner=None)
    assert codes(made) == ["exempt"]


def test_who_left_the_unit_is_not_said_to_have_moved_besides() -> None:
    assert codes(case(person=person(active=False), here=False)) == ["not_active"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (None, ["not_on_roll"]),
        (attendee(Presence.NOT_MARKED), ["not_marked"]),
        (replace(attendee(Presence.EXCUSED_ABSENT), undecided=True), ["leave_undecided"]),
        (attendee(Presence.EXCUSED_ABSENT), ["absent_unexcused"]),
        (attendee(Presence.EXCUSED_ABSENT, excused=True), []),
        (attendee(Presence.ABSENT), ["absent_unexcused"]),
        (attendee(Presence.ABSENT, excused=True), []),
    ],
)
def test_who_did_not_come_is_told_why_that_stands_in_the_way(found: Attendee | None, expected: list[str]) -> None:
    """R-124, R-159: leave that waits for a decision is not yet an absence without reason."""
    assert codes(case(attendee=found)) == expected


def test_a_winner_is_not_judged_by_the_roll_again() -> None:
    """R-134: who stood at the vote keeps to what lasts, and to what people decided."""
    made = case(attendee=replace(attendee(Presence.EXCUSED_ABSENT), undecided=True), here=False, deeds=0)
    assert [one.code for one in rules.afterwards(made, scheme())] == ["moved", "no_entry"]


def test_total_absences_say_whether_they_were_without_reason() -> None:
    """R-158 (b)"""
    every = scheme(eligibility__total_unexcused_only=False, eligibility__consecutive=0)
    found = rules.obstacles(case(attendance=months("e", "e", "e")), every)
    assert [one.evidence for one in found] == ["一年内缺席3次：2013年1月15日、2013年2月15日、2013年3月15日"]
    bare = rules.obstacles(case(attendance=months("x", "x", "x")), scheme(eligibility__consecutive=0))
    assert bare[0].evidence.startswith("一年内无正当理由缺席3次：")


def test_what_the_scheme_does_not_count_is_not_proposed() -> None:
    """R-158: 0 switches a count off."""
    off = {"eligibility__consecutive": 0, "eligibility__total": 0, "eligibility__floating_months": 0}
    made = case(person=person(floating=True), attendance=months("x", "x", "x"))
    assert codes(made, scheme(**off)) == []


def test_twelve_months_are_not_a_day_more() -> None:
    """R-158: who missed a meeting a year ago to the day missed it before."""
    assert rules.twelve_months(date(2013, 4, 1)) == date(2012, 4, 2)
    days = [date(2012, 4, 1), date(2012, 6, 1), date(2012, 8, 1)]
    missed = [absence(day) for day in days]
    alone = scheme(eligibility__consecutive=0)
    assert codes(case(attendance=missed), alone) == []
    assert codes(case(attendance=[absence(date(2012, 4, 2)), *missed[1:]]), alone) == ["absences_total"]


def test_the_calendar_year_begins_on_new_year_s_day() -> None:
    """R-158 (b)"""
    days = [date(2013, 1, 1), date(2013, 1, 3), date(2013, 1, 5)]
    made = case(attendance=[absence(day) for day in days], period="2013Q1")
    assert codes(made, scheme(eligibility__consecutive=0, eligibility__window="calendar")) == ["absences_total"]
    assert rules.calendar_year(2013, date(2014, 1, 20)) == (date(2013, 1, 1), date(2013, 12, 31))


def test_the_last_of_several_equal_runs_of_absences_is_told() -> None:
    """R-158 (a): the newest is what the branch remembers."""
    run = rules.longest_run(months("x", "x", ".", "x", "x"))
    assert [one.held_on for one in run] == [date(2013, 2, 15), date(2013, 3, 15)]


@pytest.mark.parametrize(
    "changes",
    [
        {"confirmed": True},
        {"confirmed": False, "reason": "有客观原因"},
        {"confirmed": True, "decided_by": uuid.UUID(int=2)},
    ],
)
def test_others_dismiss_with_a_reason_and_anybody_of_the_committee_confirms(changes: dict[str, Any]) -> None:
    """R-158: among several proposals each is decided by itself."""
    found = rules.obstacles(case(deeds=0, manner=None), scheme())
    assert len(found) == 2
    made = Decision(NOBODY, NOBODY, uuid.UUID(int=2), "no_entry", True, "", NOBODY, datetime(2013, 4, 1, tzinfo=UTC))
    decision = replace(made, **changes)
    assert rules.decide(found, decision, called=False) is decision


def test_only_what_the_system_proposed_is_decided() -> None:
    """R-158: what the scheme or the directory fixes is no matter of opinion."""
    found = rules.obstacles(case(here=False), scheme())
    made = Decision(NOBODY, NOBODY, uuid.UUID(int=2), "moved", True, "", NOBODY, datetime(2013, 4, 1, tzinfo=UTC))
    with pytest.raises(rules.NothingProposed):
        rules.decide(found, made, called=False)
