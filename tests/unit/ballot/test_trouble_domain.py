"""A step that failed is tried again after growing pauses, and never rests for long."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.ballot.box.rules import ResultImpossible
from services.ballot.trouble.domain import FIRST, FORGED, IMPOSSIBLE, LONGEST, SENTENCES, Step, Trouble, pause

NOW = datetime(2013, 4, 1, tzinfo=UTC)


@given(st.integers(1, 10**6))
def test_pauses_grow_to_ten_minutes_and_no_further(tries: int) -> None:
    """R-130."""
    assert FIRST <= pause(tries) <= pause(tries + 1) <= LONGEST == timedelta(minutes=10)


def test_every_step_has_a_sentence_that_says_what_to_do() -> None:
    assert set(SENTENCES) == set(Step)
    assert all("管理员" in each for each in [*SENTENCES.values(), FORGED])


def test_only_a_result_that_cannot_be_casts_doubt_on_the_seats() -> None:
    """R-130: IMPOSSIBLE is the name that the rule raises."""
    assert ResultImpossible.__name__ == IMPOSSIBLE

    def trouble(step: Step, code: str) -> Trouble:
        return Trouble(uuid4(), uuid4(), step, code, 1, NOW, NOW)

    assert trouble(Step.COUNT, IMPOSSIBLE).sentence == FORGED
    for step in Step:
        assert trouble(step, "DeadlockDetected").sentence == SENTENCES[step] != FORGED
