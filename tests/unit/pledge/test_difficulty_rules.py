"""Difficulties: reported with what binds, answered by another, until they are solved."""

import pytest

from services.pledge.difficulty import rules
from services.pledge.difficulty.domain import OUTCOMES, Difficulty, DifficultyState
from services.pledge.pledge.domain import PledgeState
from tests.unit.pledge.pledges import NOW, pledge, who

PUBLIC = pledge(published_version=1)


def difficulty(state: DifficultyState = DifficultyState.REPORTED) -> Difficulty:
    return Difficulty(
        who("tenant"), who("d"), PUBLIC.id, None, PUBLIC.organization_id, who("T003"), b"", state, who("T003"), NOW
    )


def test_a_difficulty_is_reported_with_a_public_pledge_that_still_binds() -> None:
    """R-080"""
    rules.report(PUBLIC, by=who("T003"), entry_reason="")
    for pledge_ in (pledge(), pledge(published_version=1, state=PledgeState.CLOSED)):
        with pytest.raises(rules.PledgeNotOpen):
            rules.report(pledge_, by=who("T003"), entry_reason="")


def test_another_says_on_whose_word_and_who_promises_too_need_not() -> None:
    """R-080 R-033"""
    with pytest.raises(rules.ReportNeedsReason):
        rules.report(PUBLIC, by=who("T002"), entry_reason=" ")
    rules.report(PUBLIC, by=who("T002"), entry_reason="本人口述")
    rules.report(PUBLIC, by=who("T002"), entry_reason="", together=True)
    rules.report(pledge(published_version=1, person_id=None), by=who("T002"), entry_reason="")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_another_answers_until_it_is_solved(outcome: DifficultyState) -> None:
    """R-080"""
    assert rules.answer(difficulty(), outcome, by=who("T001")).state is outcome
    with pytest.raises(rules.AlreadySolved):
        rules.answer(difficulty(DifficultyState.SOLVED), outcome, by=who("T001"))
    for own in ({"by": who("T003")}, {"by": who("T001"), "mine": True}):
        with pytest.raises(rules.OwnDifficulty):
            rules.answer(difficulty(), outcome, **own)
