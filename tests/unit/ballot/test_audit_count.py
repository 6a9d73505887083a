"""Which totals so many ballots can give, whatever was ticked: what an auditor holds a result to last of all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.audit.count import possible
from services.ballot.protocol.election import Question
from tests.unit.ballot.electronic import ONE, OR_NONE, THREE, election


@pytest.mark.parametrize(
    ("question", "totals", "ballots", "right"),
    [
        (THREE, [2, 1, 0], 2, True),
        (THREE, [2, 0, 0], 2, True),
        (THREE, [2, 2, 0], 2, True),
        (THREE, [0, 0, 0], 0, True),
        (THREE, [3, 0, 0], 2, False),
        (THREE, [1, 0, 0], 2, False),
        (THREE, [2, 2, 1], 2, False),
        (OR_NONE, [1, 1, 0, 0], 2, True),
        (OR_NONE, [2, 0, 0, 0], 2, True),
        (OR_NONE, [0, 2, 2, 0], 2, True),
        (OR_NONE, [2, 1, 0, 0], 2, False),
        (OR_NONE, [3, 0, 0, 0], 2, False),
        (OR_NONE, [1, 0, 0, 0], 2, False),
        (OR_NONE, [0, 2, 2, 1], 2, False),
        (ONE, [0], 2, True),
        (ONE, [3], 2, False),
    ],
)
def test_totals_are_held_to_the_rules_of_their_question(
    question: Question, totals: list[int], ballots: int, *, right: bool
) -> None:
    """R-130"""
    assert possible(election(question), [totals], ballots) is right


def test_each_question_is_held_to_its_own_rules() -> None:
    """R-130"""
    both = election(THREE, OR_NONE)
    assert possible(both, [[2, 1, 0], [1, 1, 0, 0]], 2)
    assert not possible(both, [[2, 1, 0], [2, 1, 0, 0]], 2)
    assert not possible(both, [[3, 0, 0], [1, 1, 0, 0]], 2)


@given(st.lists(st.none() | st.sets(st.integers(0, 2), min_size=1, max_size=2), max_size=8))
def test_what_lawful_ballots_give_is_always_possible(cast: list[set[int] | None]) -> None:
    """R-130"""
    blank = sum(one is None for one in cast)
    ticks = [sum(number in one for one in cast if one) for number in range(3)]
    assert possible(election(OR_NONE), [[blank, *ticks]], len(cast))
