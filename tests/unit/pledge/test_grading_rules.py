"""Gradings: when one may be called, by whom it is counted, what stands beside it, what its totals say."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.assessment.domain import Source
from services.pledge.form.domain import Paper, Question
from services.pledge.grading import rules
from services.pledge.grading.domain import Elector, Grading, GradingState, Line, subject_of
from shared.directory.domain import Person
from shared.voting import grading as limits
from shared.voting.roll import CredentialErased, VotingOver
from tests.unit.pledge.pledges import NOW, person, scheme
from tests.unit.pledge.test_form_rules import SCALE, assessment
from tests.university import TENANT, uid

ERASE_ON = date(2013, 7, 20)
SECRET = {"appraisal__secret_ballot": True}


def members(number: int) -> list[Person]:
    return [person(id=uid(f"m{at}"), name=f"党员{at}", number=f"m{at}") for at in range(number)]


def question(key: str = "", choices: tuple[str, ...] = SCALE) -> Question:
    return Question(key or str(uuid4()), "尤文静", "每周答疑", choices)


def paper(papers: int) -> Paper:
    return Paper(TENANT, uuid4(), uid("assessment"), Source.PEER, papers, b"", "方佳", uid("T001"), NOW)


def ready(**changes: Any) -> rules.Readiness:
    given: dict[str, Any] = {
        "assessment": assessment(), "scheme": scheme(**SECRET), "standing": None, "electors": members(6),
        "questions": [question()], "appraised": frozenset(), "papers": [],
    }  # fmt: skip
    return rules.Readiness(**{**given, **changes})


def grading(**changes: Any) -> Grading:
    return replace(
        Grading(
            TENANT, uid("ballot"), uid("assessment"), uid("zjy/jin/jg"), "互评", "2013Q1", 6, 3, [uid("m0")], None,
            uid("T001"), NOW, ERASE_ON,
        ),
        **changes,
    )  # fmt: skip


def counted(returned: int) -> Grading:
    return grading(opened_at=NOW, counted_at=NOW, returned=returned)


def test_a_branch_that_is_ready_may_call_one() -> None:
    """R-090, R-092."""
    assert rules.obstacles(ready(), [uid("m0")], None, NOW) == []
    assert rules.obstacles(ready(), [uid("m0"), uid("m1")], NOW + timedelta(days=30), NOW) == []
    (late,) = rules.obstacles(ready(), [uid("m0")], NOW + timedelta(days=30, seconds=1), NOW)
    assert "三十天以内" in late


def test_three_members_are_enough_and_so_are_three_papers_that_came_before() -> None:
    """R-090: the fewest whose sums give nobody away."""
    assert rules.before_tellers(ready(electors=members(3), papers=[paper(3)])) == []
    assert len(rules.before_tellers(ready(electors=members(2), papers=[paper(2)]))) == 2


def test_where_members_are_not_asked_there_is_nothing_to_vote_on() -> None:
    """R-092 C6: whatever the scheme says of the way in which they would be asked."""
    (line,) = rules.before_tellers(ready(scheme=scheme(**SECRET, appraisal__sources=["self", "organization"])))
    assert "不采用无记名投票" in line


def test_everything_that_stands_in_the_way_is_said_at_once() -> None:
    found = rules.obstacles(
        ready(
            assessment=assessment(forms_closed_at=NOW, forms_closed_by=uid("T001")), scheme=scheme(),
            standing=grading(), electors=members(2), questions=[], papers=[paper(2)],
        ),
        [uid("m0"), uid("m0")], NOW, NOW,
    )  # fmt: skip
    for part in (
        "不采用无记名投票", "停止收表", "已经发起过", "没有可以测评的承诺", "只有2人，少于规定的3人", "不足3份",
        "监票人须为一人或不同的两人", "截止时间",
    ):  # fmt: skip
        assert sum(part in line for line in found) == 1, part
    assert len(found) == 8


def test_more_lines_than_a_box_takes_are_refused() -> None:
    fits = limits.MOST // limits.size([len(SCALE)])
    assert rules.before_tellers(ready(questions=[question() for _ in range(fits)])) == []
    (line,) = rules.before_tellers(ready(questions=[question() for _ in range(fits + 1)]))
    assert "装不下" in line


@given(st.integers(1, 6), st.integers(0, 6), st.integers(1, 2))
def test_whose_pledge_is_graded_counts_only_where_nobody_else_can(number: int, graded: int, tellers: int) -> None:
    """As with candidates, but where almost everybody has pledged somebody must count all the same."""
    people = members(number)
    appraised = [one.id for one in people[:graded]]
    free = [one.id for one in people if one.id not in appraised]
    seen = ready(electors=people, appraised=frozenset(appraised))
    if tellers > number:
        return
    best = [*free, *appraised][:tellers]
    assert rules.teller_obstacles(seen, best) == []
    worse = [*appraised, *free][:tellers]
    needed = max(tellers - len(free), 0)
    assert bool(rules.teller_obstacles(seen, worse)) == (len(set(worse) & set(appraised)) > needed)


def test_a_teller_is_a_member_of_the_branch() -> None:
    (line,) = rules.teller_obstacles(ready(), [uid("m0"), uid("stranger")])
    assert "不是可以参加本次测评的党员" in line
    pledged = ready(appraised=frozenset([uid("stranger")]))
    assert rules.teller_obstacles(pledged, [uid("m0"), uid("stranger")]) == [line]
    assert rules.teller_obstacles(ready(), []) != []
    assert rules.teller_obstacles(ready(), [uid("m0"), uid("m1"), uid("m2")]) != []


@pytest.mark.parametrize(
    ("given_grading", "state"),
    [
        (grading(), GradingState.CALLED),
        (grading(opened_at=NOW), GradingState.OPENED),
        (counted(5), GradingState.COUNTED),
        (grading(counted_at=NOW, returned=5), GradingState.COUNTED),
        (grading(counted_at=NOW, returned=5, annulled_at=NOW), GradingState.ANNULLED),
        (grading(annulled_at=NOW), GradingState.ANNULLED),
    ],
)
def test_a_grading_is_as_far_as_was_told_in_whatever_order(given_grading: Grading, state: GradingState) -> None:
    assert given_grading.state is state
    elector = Elector(TENANT, uid("ballot"), uid("m1"), b"sealed")
    if state in {GradingState.CALLED, GradingState.OPENED}:
        assert rules.released(given_grading, elector) == b"sealed"
        assert rules.awaited(given_grading) == ["无记名测评还没有计票。"]
    else:
        assert rules.awaited(given_grading) == []
        with pytest.raises(VotingOver):
            rules.released(given_grading, elector)


def test_who_is_not_on_the_roll_or_comes_after_the_months_gets_nothing() -> None:
    with pytest.raises(rules.NotOnTheRoll):
        rules.released(grading(), None)
    with pytest.raises(CredentialErased):
        rules.released(grading(), Elector(TENANT, uid("ballot"), uid("m1"), None))


@given(st.integers(0, 6), st.lists(st.integers(3, 6), max_size=2), st.integers(0, 6))
def test_forms_and_papers_together_are_never_more_than_members(returned: int, before: list[int], papers: int) -> None:
    """A member who took part electronically is not counted on paper too."""
    found = rules.paper_faults(counted(returned), [paper(one) for one in before], papers, least=3)
    too_many = returned + sum(before) + papers > 6
    assert any("合计" in line for line in found) == too_many
    assert any("不能少于3份" in line for line in found) == (papers < 3)
    assert rules.close_obstacles(counted(returned), sum(before) + papers) == [line for line in found if "合计" in line]


def test_without_a_grading_papers_stand_alone() -> None:
    assert rules.paper_faults(None, [], 1, least=3) == []
    assert rules.close_obstacles(None, 400) == []
    assert rules.sum_faults(None, 400) == []
    assert rules.awaited(None) == []


def test_forms_are_taken_until_the_grading_is_counted() -> None:
    """R-090: what is not counted yet has returned nothing, and is waited for."""
    assert rules.close_obstacles(grading(), 6) == ["无记名测评还没有计票。"]
    assert rules.close_obstacles(grading(annulled_at=NOW), 6) == []
    first, second = rules.close_obstacles(grading(), 7)
    assert "没有计票" in first
    assert "多于应参加的6人" in second


def line(place: int, key: str) -> Line:
    return Line(place, subject_of(key), key, "尤文静", "每周答疑", "", ["好", "较好"])


def test_totals_come_back_on_the_lines_from_which_they_went() -> None:
    """R-197: a matter of an organisation's pledge has a line of its own."""
    appraisal, matter = str(uuid4()), f"{uuid4()}:{uuid4()}"
    lines = [line(1, appraisal), line(2, matter)]
    assert lines[0].subject_id == UUID(appraisal)
    assert len({one.subject_id for one in lines}) == 2
    told = [{"subject_id": subject_of(matter), "counts": [0, 4]}, {"subject_id": UUID(appraisal), "counts": [3, 1]}]
    assert rules.tally(lines, told).counts == {appraisal: {"好": 3, "较好": 1}, matter: {"较好": 4}}
    for wrong in (told[:1], [{**told[0], "counts": [1]}, told[1]], [*told, {"subject_id": uuid4(), "counts": [1, 1]}]):
        with pytest.raises(rules.TotalsOfAnother):
            rules.tally(lines, wrong)


def test_what_is_told_twice_has_one_effect_and_a_void_grading_keeps_no_totals() -> None:
    once = rules.opened(grading(), NOW)
    assert once == grading(opened_at=NOW)
    assert rules.opened(once, NOW + timedelta(days=1)) == once
    void = rules.annulled(replace(counted(5), sealed=b"x"), "作废", NOW)
    assert (void.sealed, void.statement) == (None, "作废")
    assert rules.annulled(void, "又", NOW + timedelta(days=1)) == void


@given(st.booleans(), st.booleans(), st.integers(-5, 5))
def test_credentials_go_with_the_count_the_annulment_or_the_months(done: bool, void: bool, days: int) -> None:
    """Requirements 2.10 and 5.1."""
    one = counted(4) if done else grading()
    one = rules.annulled(one, "", NOW) if void else one
    due = rules.erasable(one, ERASE_ON + timedelta(days=days))
    assert due == (done or void or days >= 0)
    assert not rules.erasable(replace(one, erased_at=NOW), ERASE_ON)
