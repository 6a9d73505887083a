"""A step that failed is tried again after growing pauses, and never rests for long."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.ballot.trouble.domain import FIRST, LONGEST, SENTENCES, Step, pause


@given(st.integers(1, 10**6))
def test_pauses_grow_to_ten_minutes_and_no_further(tries: int) -> None:
    """R-130."""
    assert FIRST <= pause(tries) <= pause(tries + 1) <= LONGEST == timedelta(minutes=10)


def test_every_step_has_a_sentence_that_says_what_to_do() -> None:
    assert set(SENTENCES) == set(Step)
    assert all("管理员" in each for each in SENTENCES.values())
