"""A finding stage by stage: who may take which step, what each step notes, and what it leaves in force (R-160, 2.5)."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.evaluation.finding import rules
from services.evaluation.finding.domain import Finding, FindingState
from shared.directory.domain import Standing
from shared.scheme.scheme import Condition
from tests.unit.evaluation.cases import person

MEMBER, SECRETARY, ABOVE = (uuid.UUID(int=number) for number in (1, 2, 3))
NOW = datetime(2013, 4, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=9)
DAY = date(2013, 4, 10)
COMMITTEE = ("王一鸣", "区小宁")


def finding(state: FindingState = FindingState.PROPOSED, **changes: Any) -> Finding:
    made = Finding(
        uuid.UUID(int=9), uuid.uuid4(), MEMBER, uuid.UUID(int=8), None, 6, False, state, b"text",
        uuid.UUID(int=7), 1, SECRETARY, NOW,
    )  # fmt: skip
    return replace(made, **changes)


def established(**changes: Any) -> Finding:
    return finding(**{"state": FindingState.DECIDED, "established": True, "decided_by": SECRETARY, **changes})


def decide(made: Finding, **changes: Any) -> Finding:
    given: dict[str, Any] = {
        "established": True, "participants": COMMITTEE, "member": "尤文静", "valid": (None, None),
        "periods": ["2013Q2"],
        "by": SECRETARY, "now": LATER, "today": DAY, **changes,
    }  # fmt: skip
    return rules.decide(made, **given)


def hear(made: Finding, by: uuid.UUID = SECRETARY) -> Finding:
    return rules.hear(made, DAY, by=by, now=LATER)


def reply(made: Finding, by: uuid.UUID = MEMBER) -> Finding:
    return rules.reply(made, by=by, waived=True, now=LATER)


def review(made: Finding, by: uuid.UUID = ABOVE) -> Finding:
    return rules.review(made, upheld=False, by=by, now=LATER)


def withdraw(made: Finding, by: uuid.UUID = SECRETARY) -> Finding:
    return rules.withdraw(made, by=by, now=LATER)


def test_every_step_notes_what_was_done_by_whom_and_when() -> None:
    """Requirements 2.5."""
    heard = hear(finding())
    assert (heard.state, heard.heard_at, heard.reply_until_on, heard.told) == (FindingState.HEARING, LATER, DAY, True)
    replied = reply(heard)
    assert (replied.state, replied.replied_at, replied.waived) == (FindingState.REPLIED, LATER, True)
    decided = decide(replied)
    assert (decided.state, decided.established, decided.participants) == (FindingState.DECIDED, True, COMMITTEE)
    assert (decided.decided_by, decided.decided_at, decided.in_force) == (SECRETARY, LATER, True)
    reviewed = review(decided)
    assert (reviewed.state, reviewed.upheld) == (FindingState.REVIEWED, False)
    assert (reviewed.reviewed_by, reviewed.reviewed_at, reviewed.in_force) == (ABOVE, LATER, False)
    withdrawn = withdraw(decided)
    assert (withdrawn.state, withdrawn.withdrawn_by, withdrawn.withdrawn_at) == (
        FindingState.WITHDRAWN, SECRETARY, LATER,
    )  # fmt: skip


STATES: list[tuple[Callable[[Finding], Finding], set[str], type[Exception]]] = [
    (hear, {"proposed"}, rules.HearingHeld),
    (reply, {"hearing"}, rules.NoHearing),
    (lambda made: decide(made, today=DAY + timedelta(days=1)), {"hearing", "replied"}, rules.CannotDecide),
    (review, {"decided"}, rules.CannotReview),
    (withdraw, {"proposed", "hearing", "replied", "decided"}, rules.CannotWithdraw),
]


@pytest.mark.parametrize("state", list(FindingState))
@pytest.mark.parametrize(("step", "allowed", "refusal"), STATES)
def test_a_step_is_taken_in_its_state_and_refused_in_every_other(
    step: Callable[[Finding], Finding], allowed: set[str], refusal: type[Exception], state: FindingState
) -> None:
    """Requirements 2.5."""
    made = established(state=state, reply_until_on=DAY)
    if state in allowed:
        assert step(made).state is not state
        return
    with pytest.raises(refusal):
        step(made)


@pytest.mark.parametrize(
    ("step", "state"),
    [
        (hear, FindingState.PROPOSED),
        (lambda made, by: decide(made, by=by), FindingState.REPLIED),
        (review, FindingState.DECIDED),
        (withdraw, FindingState.DECIDED),
    ],
)
def test_nobody_handles_a_finding_about_oneself(
    step: Callable[[Finding, uuid.UUID], Finding], state: FindingState
) -> None:
    """Requirements 2.5."""
    with pytest.raises(rules.OwnFinding):
        step(established(state=state), MEMBER)


def test_only_the_member_replies() -> None:
    with pytest.raises(rules.NotYourReply):
        reply(finding(FindingState.HEARING), SECRETARY)


def test_who_decided_does_not_review() -> None:
    with pytest.raises(rules.SameReviewer):
        review(established(), SECRETARY)


def test_what_was_not_established_needs_no_review() -> None:
    with pytest.raises(rules.CannotReview):
        review(established(established=False))


@pytest.mark.parametrize("names", [[], ["王一鸣"], ["王一鸣", " 王一鸣 "], ["王一鸣", " "], [*COMMITTEE, "尤文静"]])
def test_two_different_people_decide_and_the_member_is_none_of_them(names: list[str]) -> None:
    """Requirements 2.5."""
    with pytest.raises(rules.TooFewParticipants):
        decide(finding(FindingState.REPLIED), participants=names)


def test_participants_are_kept_once_and_in_their_order() -> None:
    made = decide(finding(FindingState.REPLIED), participants=["区小宁 ", "", "王一鸣", "区小宁"])
    assert made.participants == ("区小宁", "王一鸣")


def test_a_hearing_whose_end_nobody_set_never_runs_out() -> None:
    with pytest.raises(rules.ReplyPeriodRuns):
        decide(finding(FindingState.HEARING))


@pytest.mark.parametrize(
    ("valid", "kept"),
    [
        ((date(2013, 3, 1), date(2013, 5, 1)), (date(2013, 3, 1), date(2013, 5, 1))),
        ((date(2013, 3, 1), None), (date(2013, 3, 1), date(2013, 3, 31))),
        ((None, DAY), (DAY, DAY)),
    ],
)
def test_days_run_from_today_and_to_the_end_of_their_quarter_unless_others_are_given(
    valid: tuple[date | None, date | None], kept: tuple[date, date]
) -> None:
    """R-160"""
    made = decide(finding(FindingState.REPLIED), valid=valid)
    assert (made.valid_from_on, made.valid_until_on) == kept
    refused = decide(finding(FindingState.REPLIED), valid=valid, established=False)
    assert (refused.valid_from_on, refused.valid_until_on, refused.periods) == (None, None, ())


def test_quarters_reach_from_last_year_to_ten_years_ahead() -> None:
    """R-160"""
    made = decide(finding(FindingState.REPLIED), periods=["2023Q4", "2012Q1"])
    assert made.periods == ("2012Q1", "2023Q4")


def test_texts_are_due_again_where_the_day_of_their_end_is_set_anew() -> None:
    """Requirements 2.10."""
    again = rules.conclude(finding(FindingState.WITHDRAWN, withdrawn_at=NOW, erased_at=NOW), 12)
    assert (again.erase_on, again.erased_at) == (date(2014, 4, 2), None)
    assert rules.conclude(finding(erase_on=DAY, erased_at=NOW), 12).erase_on is None


def test_findings_are_about_members_and_not_about_oneself() -> None:
    member = person()
    rules.check_subject(member, SECRETARY)
    rules.check_subject(person(standing=Standing.PROBATIONARY), SECRETARY)
    with pytest.raises(rules.OwnFinding):
        rules.check_subject(member, member.id)
    with pytest.raises(rules.NotAMember):
        rules.check_subject(person(standing=Standing.ACTIVIST), SECRETARY)


def test_a_condition_is_found_by_its_number() -> None:
    """R-151"""
    conditions = [Condition(1, "甲", False, None), Condition(2, "乙", True, None)]
    assert rules.condition_of(conditions, 2).text == "乙"
    with pytest.raises(rules.UnknownCondition):
        rules.condition_of(conditions, 3)
