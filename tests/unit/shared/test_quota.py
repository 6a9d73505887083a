"""The arithmetic of places: exact, rounded once, capped, guaranteed, and told step by step (R-130, R-131)."""

import uuid
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.scheme import of
from shared.scheme.quota import number, percent, places, rounded
from shared.scheme.scheme import Ballot

SHARES = st.fractions(0, 1, max_denominator=400)


def rules(**changes: Any) -> Ballot:
    return replace(of(uuid.uuid4(), 1, "测试", "测试", {}).ballot, **changes)


@pytest.mark.parametrize(
    ("value", "written"),
    [(Fraction(39, 20), "1.95"), (Fraction(3), "3"), (Fraction(9, 20), "0.45"), (Fraction(13, 3), "13/3")],
)
def test_a_fraction_is_written_exactly(value: Fraction, written: str) -> None:
    assert number(value) == written


@given(st.fractions(0, 1000, max_denominator=1000))
def test_what_is_written_is_the_same_number(value: Fraction) -> None:
    assert Fraction(number(value)) == value


@pytest.mark.parametrize(("ratio", "written"), [("15/100", "15%"), ("1/8", "12.5%"), ("1/3", "1/3")])
def test_a_ratio_is_written_per_cent_where_that_is_exact(ratio: str, written: str) -> None:
    assert percent(Fraction(ratio)) == written


@given(st.fractions(0, 1000, max_denominator=1000))
def test_rounding_goes_down_up_or_to_the_nearest_and_a_half_goes_up(share: Fraction) -> None:
    assert rounded(share, "floor") == floor(share)
    assert rounded(share, "ceiling") == ceil(share)
    assert -Fraction(1, 2) < rounded(share, "half_up") - share <= Fraction(1, 2)


@given(st.integers(0, 2000), SHARES, SHARES, st.integers(0, 3), st.booleans())
def test_places_keep_the_cap_unless_the_minimum_is_above_it(
    base: int, ratio: Fraction, most: Fraction, minimum: int, carry: bool
) -> None:
    """R-130"""
    found, steps = places(base, rules(ratio=ratio, maximum_share=most, minimum=minimum, carry=carry))
    assert found >= minimum
    if most:
        assert found <= max(floor(base * most), minimum)
    assert steps[0] == f"{base} × {percent(ratio)} = {number(base * ratio)}"


def test_every_step_is_told_in_its_order() -> None:
    """R-130 R-131"""
    found, steps = places(13, rules(carry=True, minimum=3), [13])
    assert found == 3
    assert steps == [
        "13 × 15% = 1.95",
        "加上本年以前各季度余数 0.95，为 2.9",
        "舍去小数，余数累计到下一季度",
        "最少3名",
    ]


@pytest.mark.parametrize(
    ("base", "changes", "steps"),
    [
        (8, {"minimum": 1}, ["8 × 15% = 1.2", "四舍五入"]),
        (20, {"minimum": 1}, ["20 × 15% = 3"]),
        (20, {"carry": True}, ["20 × 15% = 3"]),
        (10, {"carry": True}, ["10 × 15% = 1.5", "舍去小数，余数累计到下一季度"]),
        (10, {"rounding": "ceiling", "maximum_share": Fraction(1, 5)}, ["10 × 15% = 1.5", "进一"]),
    ],
)
def test_a_step_that_changed_nothing_is_not_told(base: int, changes: dict[str, Any], steps: list[str]) -> None:
    """R-130"""
    assert places(base, rules(**{"minimum": 0, **changes}))[1] == steps


def test_what_is_carried_over_to_a_whole_leaves_nothing_to_carry_on() -> None:
    """R-130"""
    found, steps = places(13, rules(minimum=0, carry=True), [7])
    assert (found, steps) == (2, ["13 × 15% = 1.95", "加上本年以前各季度余数 0.05，为 2"])


def test_a_cap_that_lowers_the_places_is_told() -> None:
    """R-130"""
    found, steps = places(10, rules(minimum=0, maximum_share=Fraction(1, 10)))
    assert (found, steps[-1]) == (1, "不超过基数的10%，至多1名")
