"""What a door reads at most: every lawful ballot, and hardly more."""

import pytest

from services.ballot.box.size import HARD_LIMIT, largest
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from services.ballot.protocol.election import Election, Question
from shared.voting.group import BELENIOS_2048


def election(candidates: int, least: int, most: int, *, blank: bool = True) -> Election:
    key = BELENIOS_2048.power(BELENIOS_2048.g, 12345)
    answers = tuple(f"候选人{number}" for number in range(candidates))
    return elections.make("1" * 22, "评选", "一名", key, [Question(answers, least, most, "评选", blank)])


@pytest.mark.parametrize(("candidates", "least", "most", "blank"), [(1, 1, 1, True), (5, 1, 3, True), (4, 0, 2, False)])
def test_a_lawful_ballot_fits_and_little_more_does(candidates: int, least: int, most: int, blank: bool) -> None:
    made = election(candidates, least, most, blank=blank)
    weights = [int(blank), *[0] * candidates] if blank else [0] * candidates
    text = ballots.make(made, 7, [weights])
    size, limit = len(text.encode()), largest(made)
    # Random numbers are a digit or two shorter than the greatest there can be.
    numbers = text.count('":"')
    assert limit - 3 * numbers <= size <= limit


def test_no_box_takes_more_than_the_hard_limit() -> None:
    assert largest(election(40, 1, 10)) < HARD_LIMIT
    assert largest(election(1000, 1, 10)) == HARD_LIMIT
