"""The picture of places shows what the vote will use (R-130, R-131)."""

from uuid import UUID

from services.roster.scheme import calculator
from shared.scheme import of

BALLOT = of(UUID(int=1), 1, "方案", "文件", {}).ballot


def test_a_branch_of_three_has_one_place_and_one_of_fifty_has_eight() -> None:
    found = calculator.columns(BALLOT)
    assert (found[0].size, found[0].places) == (3, 1)
    assert (found[-1].size, found[-1].places) == (50, 8)


def test_sizes_with_the_same_places_are_told_together() -> None:
    steps = calculator.steps(calculator.columns(BALLOT))
    assert steps[:3] == [(3, 9, 1), (10, 16, 2), (17, 23, 3)]
    assert sum(last - first + 1 for first, last, _ in steps) == len(calculator.SIZES)
