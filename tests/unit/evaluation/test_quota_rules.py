"""Places: the worked table of requirements 2.2, exact arithmetic, carry-over, pooling (R-130, R-131)."""

import uuid
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.quota import rules
from shared.scheme.scheme import Ballot, of

TABLE = [
    # members, exact, floor, round, ceiling, at least one with floor, carried over four quarters
    (3, "0.45", 0, 0, 1, 1, [0, 0, 1, 0]),
    (4, "0.6", 0, 1, 1, 1, [0, 1, 0, 1]),
    (5, "0.75", 0, 1, 1, 1, [0, 1, 1, 1]),
    (6, "0.9", 0, 1, 1, 1, [0, 1, 1, 1]),
    (7, "1.05", 1, 1, 2, 1, [1, 1, 1, 1]),
    (8, "1.2", 1, 1, 2, 1, [1, 1, 1, 1]),
    (9, "1.35", 1, 1, 2, 1, [1, 1, 2, 1]),
    (10, "1.5", 1, 2, 2, 1, [1, 2, 1, 2]),
    (12, "1.8", 1, 2, 2, 1, [1, 2, 2, 2]),
    (13, "1.95", 1, 2, 2, 1, [1, 2, 2, 2]),
    (14, "2.1", 2, 2, 3, 2, [2, 2, 2, 2]),
    (15, "2.25", 2, 2, 3, 2, [2, 2, 2, 3]),
    (17, "2.55", 2, 3, 3, 2, [2, 3, 2, 3]),
    (20, "3", 3, 3, 3, 3, [3, 3, 3, 3]),
    (24, "3.6", 3, 4, 4, 3, [3, 4, 3, 4]),
    (26, "3.9", 3, 4, 4, 3, [3, 4, 4, 4]),
    (27, "4.05", 4, 4, 5, 4, [4, 4, 4, 4]),
    (30, "4.5", 4, 5, 5, 4, [4, 5, 4, 5]),
    (33, "4.95", 4, 5, 5, 4, [4, 5, 5, 5]),
    (34, "5.1", 5, 5, 6, 5, [5, 5, 5, 5]),
    (40, "6", 6, 6, 6, 6, [6, 6, 6, 6]),
    (50, "7.5", 7, 8, 8, 7, [7, 8, 7, 8]),
]
ROUNDINGS = st.sampled_from(["floor", "half_up", "ceiling"])
RATIOS = st.fractions(min_value=0, max_value=1, max_denominator=400)


def scheme(**changes: Any) -> Ballot:
    changes = {"minimum": 0, **changes}
    return replace(of(uuid.uuid4(), 1, "测试", "测试", {}).ballot, **changes)


@pytest.mark.parametrize(("members", "exact", "down", "half", "up", "least", "carried"), TABLE)
def test_the_worked_table_of_the_requirements_holds(
    members: int, exact: str, down: int, half: int, up: int, least: int, carried: list[int]
) -> None:
    """R-130 R-131 C9: ratio, rounding and least places are the scheme's."""

    def places(**changes: object) -> int:
        return rules.quota(members, scheme(**changes), candidates=members).places

    assert rules.quota(members, scheme(), candidates=members).line.startswith(f"{members} × 15% = {exact}，")
    assert [places(rounding=name) for name in ("floor", "half_up", "ceiling")] == [down, half, up]
    assert places(rounding="floor", minimum=1) == least
    year = [
        rules.quota(members, scheme(carry=True), candidates=members, earlier=[members] * quarter).places
        for quarter in range(4)
    ]
    assert year == carried


def test_the_calculation_line_reads_as_on_the_form() -> None:
    """R-130"""
    assert rules.quota(13, scheme(), candidates=13).line == "13 × 15% = 1.95，四舍五入，取2名"


@pytest.mark.parametrize("rounding", ["floor", "half_up", "ceiling"])
def test_an_exact_share_names_no_rounding(rounding: str) -> None:
    """R-130"""
    assert rules.quota(20, scheme(rounding=rounding), candidates=20).line == "20 × 15% = 3，取3名"
    carried = rules.quota(20, scheme(carry=True), candidates=20).line
    assert carried == "20 × 15% = 3，取3名"


def test_a_branch_of_three_keeps_its_guaranteed_place_and_says_so() -> None:
    line = rules.quota(3, scheme(minimum=1), candidates=3).line
    assert line == "3 × 15% = 0.45，四舍五入，最少1名，取1名"


def test_the_cap_on_the_share_lowers_the_places() -> None:
    found = rules.quota(7, scheme(rounding="ceiling", maximum_share=Fraction(1, 5)), candidates=7)
    assert (found.places, "不超过基数的20%，至多1名" in found.line) == (1, True)


def test_the_line_says_what_reduced_the_places_and_only_that() -> None:
    """R-130: fewer candidates than places, and what the branch has to know besides."""
    few = rules.quota(13, scheme(), candidates=1)
    assert (few.places, few.line) == (1, "13 × 15% = 1.95，四舍五入，候选人只有1名，取1名")
    assert rules.quota(13, scheme(), candidates=2).line == "13 × 15% = 1.95，四舍五入，取2名"
    noted = rules.quota(13, scheme(), candidates=13, note="直属党支部单独计算")
    assert noted.line == "13 × 15% = 1.95，四舍五入，直属党支部单独计算，取2名"
    assert rules.quota(10, scheme(rounding="floor", maximum_share=Fraction(1, 10)), candidates=9).line == (
        "10 × 15% = 1.5，舍去小数，取1名"
    )


@pytest.mark.parametrize(
    ("candidates", "places", "line"),
    [
        (9, 2, "统筹，本支部分得2名"),
        (2, 2, "统筹，本支部分得2名"),
        (1, 1, "统筹，本支部分得2名，候选人只有1名，取1名"),
    ],
)
def test_a_branch_takes_what_its_general_branch_allotted_as_far_as_it_has_candidates(
    candidates: int, places: int, line: str
) -> None:
    """R-130, requirements 2.2."""
    found = rules.allotted(8, scheme(), 2, "统筹", candidates=candidates)
    assert (found.base, found.share, found.places, found.line) == (8, Fraction(6, 5), places, line)


def test_ratios_without_an_end_are_written_as_fractions() -> None:
    assert rules.quota(4, scheme(ratio=Fraction(1, 3)), candidates=4).line.startswith("4 × 1/3 = 4/3")


@given(st.integers(0, 5000), RATIOS, ROUNDINGS, st.integers(0, 5), st.integers(0, 5000))
def test_places_never_exceed_candidates_and_stay_within_one_of_the_share(
    members: int, ratio: Fraction, rounding: str, minimum: int, candidates: int
) -> None:
    """R-130"""
    found = rules.quota(members, scheme(ratio=ratio, rounding=rounding, minimum=minimum), candidates=candidates)
    assert 0 <= found.places <= candidates
    if minimum <= found.share and found.places < candidates:
        assert abs(found.places - found.share) < 1
    assert found.line.endswith(f"取{found.places}名")


@given(st.lists(st.integers(0, 300), min_size=1, max_size=4), RATIOS)
def test_carrying_over_gives_the_year_the_floor_of_its_sum(members: list[int], ratio: Fraction) -> None:
    """R-130"""
    ballot = scheme(ratio=ratio, carry=True)
    taken = [
        rules.quota(base, ballot, candidates=10**6, earlier=members[:quarter]).places
        for quarter, base in enumerate(members)
    ]
    assert sum(taken) == floor(sum(members) * ratio)


def test_pooling_follows_the_largest_remainders() -> None:
    """The example of requirements 2.2: 4, 5, 6, 9, 13, 23 members."""
    branches = [uuid.uuid4() for _ in range(6)]
    found = rules.pool(dict(zip(branches, [4, 5, 6, 9, 13, 23], strict=True)), scheme())
    assert [found.places[branch] for branch in branches] == [1, 1, 1, 1, 2, 3]
    assert (found.total, found.tied) == (9, ())


def test_equal_remainders_are_left_to_the_general_branch() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    found = rules.pool({first: 10, second: 10}, scheme())
    assert (found.total, set(found.tied), found.open) == (3, {first, second}, 1)
    rules.check_allotment(found, {first: 2, second: 1})
    with pytest.raises(rules.AllotmentDoesNotAddUp):
        rules.check_allotment(found, {first: 2, second: 2})


def test_an_allotment_names_every_branch_of_the_pool_and_no_other() -> None:
    """Requirements 2.2: the sum alone is not enough; whoever misses it is told both numbers."""
    first, second, stranger = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    found = rules.pool({first: 20, second: 0}, scheme())
    rules.check_allotment(found, {first: 3, second: 0})
    for told in ({first: 3}, {first: 3, stranger: 0}, {first: 3, second: 0, stranger: 0}):
        with pytest.raises(rules.AllotmentDoesNotAddUp) as refused:
            rules.check_allotment(found, told)
        assert refused.value.details == ["应评3名，已分配3名。"]
    with pytest.raises(rules.AllotmentDoesNotAddUp) as refused:
        rules.check_allotment(found, {first: 2, second: 0})
    assert refused.value.details == ["应评3名，已分配2名。"]
    with pytest.raises(rules.AllotmentDoesNotAddUp):
        rules.check_allotment(found, {first: 4, second: -1})


def test_a_pool_within_the_cap_does_not_mention_it() -> None:
    """Requirements 2.2."""
    branch = uuid.uuid4()
    assert "不超过" not in rules.pool({branch: 10}, scheme(rounding="floor", maximum_share=Fraction(1, 10))).line
    assert rules.pool({branch: 20}, scheme()).line == "20 × 15% = 3，统筹3名，按最大余额分配"
    capped = rules.pool({branch: 10}, scheme(maximum_share=Fraction(1, 10)))
    assert (capped.total, "不超过基数的10%，至多1名" in capped.line) == (1, True)


def test_pooling_keeps_the_minimum_of_every_branch_and_says_so() -> None:
    """Requirements 2.2: 最少名额 holds for every branch that has members, also where it lifts the whole."""
    small, other, large, empty = (uuid.uuid4() for _ in range(4))
    found = rules.pool({small: 2, other: 2, large: 36, empty: 0}, scheme(minimum=1))
    assert (found.total, found.places, found.tied) == (7, {small: 1, other: 1, large: 5, empty: 0}, ())
    assert found.line == "40 × 15% = 6，每个支部最少1名，统筹7名，按最大余额分配"
    with pytest.raises(rules.AllotmentDoesNotAddUp) as refused:
        rules.check_allotment(found, {small: 0, other: 1, large: 6, empty: 0})
    assert refused.value.details == ["按制度方案，每个支部最少1名。"]


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=12),
    RATIOS,
    ROUNDINGS,
    st.integers(0, 2),
    st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 3)]),
)
def test_a_pool_gives_every_branch_the_floor_or_one_more_and_hides_no_tie(
    members: list[int], ratio: Fraction, rounding: str, minimum: int, cap: Fraction
) -> None:
    """R-130"""
    bases = {uuid.uuid4(): base for base in members}
    found = rules.pool(bases, scheme(ratio=ratio, rounding=rounding, minimum=minimum, maximum_share=cap))
    assert sum(found.places.values()) + found.open == found.total
    ratio = min(ratio, cap or ratio)
    for branch, base in bases.items():
        low = max(floor(base * ratio), minimum if base else 0)
        assert low <= found.places[branch] <= max(floor(base * ratio) + 1, low)
    assert len(found.tied) > found.open or not found.tied
    remainders = {branch: base * ratio - floor(base * ratio) for branch, base in bases.items()}
    assert len({remainders[branch] for branch in found.tied}) <= 1
