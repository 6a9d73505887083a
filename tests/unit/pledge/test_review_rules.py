"""Who looks a pledge over, by which standards, and what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.pledge.domain import Form, PledgeState, VersionState
from services.pledge.review import rules
from services.pledge.review.domain import Step, Verdict
from tests.unit.pledge.pledges import NOW, TODAY, pledge, scheme, version, who

STANDARDS = ["体现先进性", "符合群众意愿"]
HANDED = version(state=VersionState.SUBMITTED)


def verdict(**changes: Any) -> Verdict:
    return Verdict(**{"version": 1, "step": Step.BRANCH, "passed": True, "met": STANDARDS, **changes})


def hands(**changes: Any) -> rules.Hands:
    facts: dict[str, Any] = {
        "reviewer": who("T001"), "authors": {who("T003")}, "officers": {who("T001"), who("T002")}, "earlier": set(),
        "inside": True,
    }  # fmt: skip
    return rules.Hands(**{**facts, **changes})


@pytest.mark.parametrize(
    ("form", "asked", "expected"),
    [
        (Form.INDIVIDUAL, ["branch"], [Step.BRANCH]),
        (Form.INDIVIDUAL, ["general_branch"], [Step.GENERAL_BRANCH]),
        (Form.STAFF, ["branch", "general_branch"], [Step.BRANCH, Step.GENERAL_BRANCH]),
        (Form.INDIVIDUAL, [], [Step.BRANCH]),
        (Form.ORGANIZATION, ["branch", "general_branch"], [Step.SUPERIOR]),
    ],
)
def test_the_scheme_says_who_looks_over_in_turn(form: Form, asked: list[str], expected: list[Step]) -> None:
    """R-050 R-052 R-053 C2"""
    assert rules.steps(pledge(form=form), scheme(pledge__review_steps=asked)) == expected


@pytest.mark.parametrize("state", [state for state in VersionState if state not in {"submitted", "passed_once"}])
def test_only_what_was_handed_in_is_looked_over(state: VersionState) -> None:
    with pytest.raises(rules.NotInReview):
        rules.step_of(pledge(), version(state=state), [Step.BRANCH])
    with pytest.raises(rules.DecidedAlready) as refused:
        rules.step_of(pledge(), version(state=state), [Step.BRANCH], ["王一鸣已代表党支部审诺：通过。"])
    assert refused.value.details == ["王一鸣已代表党支部审诺：通过。"]


def test_a_pledge_that_binds_no_more_is_not_looked_over() -> None:
    with pytest.raises(rules.NotInReview):
        rules.step_of(pledge(state=PledgeState.WITHDRAWN), HANDED, [Step.BRANCH])


def test_the_steps_follow_one_another() -> None:
    """R-053"""
    turn = [Step.BRANCH, Step.GENERAL_BRANCH]
    assert rules.step_of(pledge(), HANDED, turn) is Step.BRANCH
    assert rules.decide(turn, verdict(), STANDARDS) is VersionState.PASSED_ONCE
    assert rules.step_of(pledge(), version(state=VersionState.PASSED_ONCE), turn) is Step.GENERAL_BRANCH
    assert rules.decide(turn, verdict(step=Step.GENERAL_BRANCH), STANDARDS) is VersionState.APPROVED
    back = verdict(step=Step.GENERAL_BRANCH, passed=False, advice="请具体些。")
    assert rules.decide(turn, back, STANDARDS) is VersionState.RETURNED


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reviewer": who("T003")}, rules.OwnPledge),
        ({"authors": {who("T003"), who("T001")}}, rules.OwnPledge),
        ({"earlier": {who("T001")}}, rules.SecondPairOfEyes),
        ({"reviewer": who("T041"), "inside": False}, rules.BranchReviews),
    ],
)
def test_who_must_not_look_a_pledge_over(changes: dict[str, Any], refusal: type[Exception]) -> None:
    """R-052"""
    with pytest.raises(refusal):
        rules.check_hands(pledge(), HANDED, Step.BRANCH, hands(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"reviewer": who("T041"), "inside": False, "authors": {who("T001")}},
        {"reviewer": who("T041"), "inside": False, "authors": {who("T003"), who("T001")}},
        {"reviewer": who("T041"), "inside": False, "officers": set()},
    ],
)
def test_the_branch_s_officers_look_over_and_above_them_where_they_cannot(changes: dict[str, Any]) -> None:
    rules.check_hands(pledge(), HANDED, Step.BRANCH, hands(**changes))


def test_who_wrote_an_organisation_s_pledge_does_not_pass_it_but_may_enter_the_outside_superior_s_word() -> None:
    """R-052"""
    own = version(state=VersionState.SUBMITTED, made_by=who("T051"))
    entered = pledge(form=Form.ORGANIZATION, person_id=None)
    given = {"reviewer": who("T051"), "authors": set(), "inside": False}
    with pytest.raises(rules.OwnPledge):
        rules.check_hands(entered, own, Step.SUPERIOR, hands(**given))
    rules.check_hands(entered, own, Step.SUPERIOR, hands(**given, outside_superior=True))


@given(st.lists(st.sampled_from(STANDARDS), unique=True), st.booleans(), st.text(max_size=5))
def test_to_pass_takes_every_standard_and_to_send_back_takes_advice(met: list[str], passed: bool, advice: str) -> None:
    """R-050 R-054"""
    found = rules.obstacles(verdict(met=met, passed=passed, advice=advice), STANDARDS)
    assert bool(found) is (len(met) < len(STANDARDS) if passed else not advice.strip())


def test_a_standard_that_the_scheme_does_not_have_is_named() -> None:
    """R-051"""
    with pytest.raises(rules.BadVerdict) as refused:
        rules.decide([Step.BRANCH], verdict(met=["有利于工作"]), STANDARDS)
    assert len(refused.value.details) == 3
    back = verdict(met=["有利于工作"], passed=False)
    assert rules.obstacles(back, STANDARDS) == ["“有利于工作”不在审诺标准之列。", "退回须写明修改意见，指导本人完善。"]


@given(st.integers(1, 3), st.sampled_from(list(Step)))
def test_a_verdict_is_on_the_text_and_step_that_the_reviewer_saw(number: int, step: Step) -> None:
    given = verdict(version=number, step=step)
    if (number, step) == (1, Step.BRANCH):
        rules.check_fresh(HANDED, Step.BRANCH, given, [])
        return
    with pytest.raises(rules.DecidedAlready):
        rules.check_fresh(HANDED, Step.BRANCH, given, [])


def test_a_verdict_is_kept_with_the_standards_as_they_stood() -> None:
    """R-050: in the order of the scheme, whatever order they were ticked in."""
    said = verdict(met=STANDARDS[::-1], passed=False, advice=" 请具体些。 ")
    due = TODAY + timedelta(days=5)
    kept = rules.review(pledge(), said, STANDARDS, who("zjy/jin/jg"), by=who("T001"), at=NOW, due=due)
    assert (kept.pledge_id, kept.version, kept.step) == (pledge().id, 1, Step.BRANCH)
    assert (kept.passed, kept.checklist, kept.met) == (False, STANDARDS, STANDARDS)
    assert (kept.advice, kept.follow_up_on, kept.reviewed_by, kept.reviewed_at) == ("请具体些。", due, who("T001"), NOW)
    half = rules.review(pledge(), verdict(met=STANDARDS[1:]), STANDARDS, who("o"), by=who("T001"), at=NOW, due=None)
    assert (half.met, half.follow_up_on) == (STANDARDS[1:], None)


@pytest.mark.parametrize(
    ("step", "passed", "words"),
    [
        (Step.BRANCH, True, "王一鸣已代表党支部审诺：通过。"),
        (Step.GENERAL_BRANCH, False, "王一鸣已代表党总支审诺：退回修改。"),
    ],
)
def test_a_decision_is_told_in_a_sentence(step: Step, passed: bool, words: str) -> None:
    said = verdict(step=step, passed=passed, advice="请具体些。")
    kept = rules.review(pledge(), said, STANDARDS, who("o"), by=who("T001"), at=NOW, due=None)
    assert rules.sentence(kept, "王一鸣") == words


def test_a_superior_s_step_is_not_the_branch_s_to_keep() -> None:
    """R-052: who looks over above need not be an officer of the branch; the same eyes do not look twice."""
    above = {"reviewer": who("T041"), "inside": False}
    rules.check_hands(pledge(), HANDED, Step.GENERAL_BRANCH, hands(**above))
    with pytest.raises(rules.SecondPairOfEyes):
        rules.check_hands(pledge(), HANDED, Step.GENERAL_BRANCH, hands(**above, earlier={who("T041")}))
    mine = version(state=VersionState.SUBMITTED, made_by=who("T001"))
    rules.check_hands(pledge(), mine, Step.BRANCH, hands())
