"""The picture of places shows what the vote will use (R-130, R-131)."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.quota import rules as votes
from services.roster.scheme import calculator
from shared.scheme import of

BALLOT = of(UUID(int=1), 1, "方案", "文件", {}).ballot


@given(
    st.integers(3, 300),
    st.fractions(0, 1, max_denominator=200),
    st.sampled_from(["floor", "half_up", "ceiling"]),
    st.integers(0, 3),
    st.sampled_from(["0", "1/5", "1/10", "1"]),
)
def test_the_picture_and_the_vote_agree(size: int, ratio, rounding: str, minimum: int, share: str) -> None:
    """R-130 R-131"""
    ballot = replace(
        BALLOT, ratio=ratio, rounding=rounding, minimum=minimum, maximum_share=type(ratio)(share), carry=False
    )
    assert calculator.places(ballot, size) == votes.quota(size, ballot, candidates=10_000).places


def test_a_branch_of_three_has_one_place_and_one_of_fifty_has_eight() -> None:
    found = calculator.columns(BALLOT)
    assert (found[0].size, found[0].places) == (3, 1)
    assert (found[-1].size, found[-1].places) == (50, 8)


def test_sizes_with_the_same_places_are_told_together() -> None:
    steps = calculator.steps(calculator.columns(BALLOT))
    assert steps[:3] == [(3, 9, 1), (10, 16, 2), (17, 23, 3)]
    assert sum(last - first + 1 for first, last, _ in steps) == len(calculator.SIZES)
