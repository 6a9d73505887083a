"""Who may stand: all obstacles at once, attendance and register computed, people deciding (R-134, R-158, R-159)."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.eligibility import rules
from services.evaluation.eligibility.domain import Case, Decision, Reviewed
from services.evaluation.meeting.domain import Manner, Presence
from shared.directory.domain import Standing
from shared.period import months_after, previous
from shared.period import of as quarter_of
from tests.unit.evaluation.cases import NOBODY, absence, attendee, case, codes, months, person, scheme


def test_a_member_with_entry_and_presentation_stands() -> None:
    assert codes(case()) == []


def test_every_obstacle_is_listed_at_once() -> None:
    """R-134"""
    made = case(
        person=person(standing=Standing.PROBATIONARY, leader=True),
        here=False,
        findings=[3],
        attendee=attendee(Presence.ABSENT),
        deeds=0,
        manner=None,
        attendance=months("x", "x", "x"),
    )
    assert codes(made, scheme(ballot__leaders_stand=False)) == [
        "moved", "not_formal", "leader", "finding", "absences_consecutive", "absences_total", "absent_unexcused",
        "no_entry", "no_presentation",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("xx", ["absences_consecutive"]),
        ("x.x", []),
        ("xex", []),
        ("x.x.x", ["absences_total"]),
        ("xxx", ["absences_consecutive", "absences_total"]),
        ("eee", []),
        ("xx.........", ["absences_consecutive"]),
        ("xx...........", []),
    ],
)
def test_absences_without_a_good_reason_are_counted(marks: str, expected: list[str]) -> None:
    """R-158 (a), (b): consecutive, and in twelve months."""
    assert codes(case(attendance=months(*marks))) == expected


def test_the_scheme_may_count_every_absence() -> None:
    """R-158: 是否受“无正当理由”限制由制度方案定。"""
    made = case(attendance=months("e", "e", "e"))
    assert codes(made, scheme(eligibility__total_unexcused_only=False)) == ["absences_total"]


def test_the_year_may_be_the_calendar_year() -> None:
    """R-158 (b): three within the year to which the vote belongs."""
    made = case(attendance=months("x", ".", ".", "x", ".", "x"), period="2013Q1")
    assert codes(made) == ["absences_total"]
    assert codes(made, scheme(eligibility__window="calendar")) == []


CALENDAR = {"eligibility__window": "calendar"}
YEAR_OF_THE_FOURTH_QUARTER = [absence(date(2013, month, 5), present=month not in {2, 6, 9}) for month in range(1, 13)]


@pytest.mark.parametrize("settings", [{}, CALENDAR])
def test_two_absences_in_a_row_count_also_over_new_year(settings: dict[str, Any]) -> None:
    """R-158 (a): 20 December and 10 January are consecutive whichever way a year is counted."""
    made = case(
        day=date(2014, 1, 15), attendance=[absence(date(2013, 12, 20)), absence(date(2014, 1, 10))], period="2013Q4"
    )
    found = rules.obstacles(made, scheme(**settings))
    assert [one.code for one in found] == ["absences_consecutive"]
    assert found[0].evidence == "连续2次无正当理由缺席：2013年12月20日、2014年1月10日"


@pytest.mark.parametrize(("period", "expected"), [("2013Q4", ["absences_total"]), ("2014Q1", []), ("", [])])
def test_the_calendar_year_is_that_of_the_quarter_also_where_its_vote_is_held_in_january(
    period: str, expected: list[str]
) -> None:
    """R-158 (b): the vote of the fourth quarter on 5 January counts the year that is over."""
    made = case(day=date(2014, 1, 5), attendance=YEAR_OF_THE_FOURTH_QUARTER, period=period)
    found = rules.obstacles(made, scheme(**CALENDAR))
    assert [one.code for one in found] == expected
    assert all(one.evidence.startswith("2013年内无正当理由缺席3次：2013年2月5日") for one in found)


def test_what_happened_after_the_calendar_year_is_not_counted_in_it() -> None:
    """R-158 (b)"""
    made = case(
        day=date(2014, 1, 20),
        attendance=[absence(date(2013, 2, 5)), absence(date(2013, 4, 5), present=True), absence(date(2013, 6, 5)),
                    absence(date(2013, 8, 5), present=True), absence(date(2014, 1, 10))],
        period="2013Q4",
    )  # fmt: skip
    assert codes(made, scheme(**CALENDAR)) == []
    assert codes(made) == ["absences_total"]


@given(st.dates(date(2012, 1, 1), date(2016, 1, 1)), st.sampled_from(["rolling", "calendar"]))
def test_attendance_is_read_as_far_back_as_it_is_counted(day: date, kind: str) -> None:
    """R-158: twelve months for what is consecutive, and the whole calendar year of the quarter where it is counted."""
    quarter = previous(quarter_of(day))
    since = rules.reach(day, quarter, kind)
    assert since <= rules.twelve_months(day)
    assert kind == "rolling" or since <= date(int(quarter[:4]), 1, 1)


@pytest.mark.parametrize(
    ("contact", "expected"),
    [(date(2013, 1, 1), ["floating"]), (date(2013, 1, 2), []), (None, ["floating"])],
)
def test_a_floating_member_reports_within_three_months(contact: date | None, expected: list[str]) -> None:
    """R-016, R-158 (c)"""
    assert codes(case(person=person(floating=True, last_contact_on=contact))) == expected
    assert codes(case(person=person(floating=False, last_contact_on=contact))) == []


def test_a_written_presentation_of_an_excused_member_counts_if_the_scheme_says_so() -> None:
    """R-159, Q6"""
    made = case(attendee=attendee(Presence.EXCUSED_ABSENT, excused=True), manner=Manner.WRITTEN)
    assert codes(made) == []
    assert codes(made, scheme(eligibility__written_counts=False)) == ["no_presentation"]
    assert codes(made, scheme(ballot__excused_stand=False)) == ["absent_excused"]


def test_an_objective_reason_excuses_the_missing_entry() -> None:
    """R-159"""
    assert codes(case(deeds=0)) == ["no_entry"]
    assert codes(case(deeds=0, objective_reason=True)) == []


def test_a_scheme_without_the_conditions_proposes_nothing() -> None:
    """R-151: the texts and the conditions belong to the scheme."""
    made = case(deeds=0, manner=None, attendance=months("x", "x", "x"))
    assert codes(made, scheme(eligibility__conditions=[])) == []


def test_the_text_of_a_proposal_is_the_scheme_s() -> None:
    """R-151"""
    found = rules.obstacles(case(attendance=months("x", "x")), scheme())[0]
    assert found.text == "情形（8）：无正当理由连续两次不参加党的组织生活"
    assert found.evidence == "连续2次无正当理由缺席：2013年2月15日、2013年3月15日"


def test_a_finding_says_nothing_about_itself() -> None:
    """Requirements 2.5, 2.10"""
    found = rules.obstacles(case(findings=[2]), scheme())
    assert [one.text for one in found] == ["有支委会已经认定的情形"]


def test_probationary_members_stand_where_the_scheme_lets_them() -> None:
    """Q4"""
    made = case(person=person(standing=Standing.PROBATIONARY))
    assert codes(made) == ["not_formal"]
    assert codes(made, scheme(ballot__candidates=["formal", "probationary"])) == []


MARKS = st.lists(st.sampled_from(["x", "e", "."]), max_size=10)
CASES = st.builds(
    lambda marks, presence, excused, deeds, manner, leader, floating, findings: case(
        person=person(leader=leader, floating=floating, last_contact_on=date(2013, 2, 1)),
        attendee=attendee(presence, excused=excused and presence is not Presence.PRESENT),
        attendance=months(*marks),
        deeds=deeds,
        manner=manner,
        findings=findings,
    ),
    MARKS,
    st.sampled_from(list(Presence)),
    st.booleans(),
    st.integers(0, 2),
    st.sampled_from([None, *Manner]),
    st.booleans(),
    st.booleans(),
    st.lists(st.integers(1, 7), max_size=2),
)


@given(CASES, st.data())
def test_nothing_computed_keeps_anybody_out_before_people_decide(made: Case, data: st.DataObject) -> None:
    """R-158: the system proposes, people decide."""
    found = rules.obstacles(made, scheme())
    proposed = [one for one in found if one.undecided]
    verdicts = {one.code: data.draw(st.booleans()) for one in proposed}
    at = datetime(2013, 4, 1, tzinfo=UTC)
    decisions = {
        code: Decision(NOBODY, NOBODY, made.person.id, code, verdict, "理由", NOBODY, at)
        for code, verdict in verdicts.items()
    }
    after = rules.obstacles(replace(made, decisions=decisions), scheme())
    assert not any(one.undecided for one in after)
    blocking = {one.code for one in after if one.blocks}
    assert blocking == {one.code for one in found if one.blocks} | {code for code, yes in verdicts.items() if yes}
    assert Reviewed(made.person, tuple(after)).stands == (not blocking)


@given(MARKS, st.integers(0, 9))
def test_one_more_attendance_never_adds_an_absence(marks: list[str], at: int) -> None:
    """R-158: coming to a meeting is never held against anybody."""
    before = set(codes(case(attendance=months(*marks))))
    came = [*marks]
    if came:
        came[at % len(came)] = "."
    assert set(codes(case(attendance=months(*came)))) <= before


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-60, 60))
def test_months_are_added_by_the_calendar(day: date, number: int) -> None:
    later = months_after(day, number)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == number
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"code": "floating"}, rules.NothingProposed),
        ({"confirmed": False, "reason": ""}, rules.DismissalNeedsReason),
        ({"confirmed": False, "reason": "x", "decided_by": "self"}, rules.OwnProposal),
    ],
)
def test_decisions_are_judged(changes: dict[str, Any], refusal: type[Exception]) -> None:
    found = rules.obstacles(case(deeds=0), scheme())
    by = {"decided_by": NOBODY, **changes}
    made = Decision(NOBODY, NOBODY, uuid.UUID(int=2), "no_entry", True, "", NOBODY, datetime(2013, 4, 1, tzinfo=UTC))
    decision = replace(made, **{**by, "decided_by": made.person_id if by["decided_by"] == "self" else NOBODY})
    with pytest.raises(refusal):
        rules.decide(found, decision, called=False)
    with pytest.raises(rules.VoteCalled):
        rules.decide(found, made, called=True)
