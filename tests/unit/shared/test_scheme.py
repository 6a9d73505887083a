"""Schemes: settings are checked, defaults fill what is missing, values have types."""

from fractions import Fraction
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import scheme
from tests.university import CONDITIONS


def test_every_default_passes_its_own_check() -> None:
    assert scheme.check({setting.key: setting.default for setting in scheme.SETTINGS}) == []


def test_a_scheme_that_sets_nothing_has_the_defaults() -> None:
    found = scheme.of(uuid4(), 1, "方案", "", {})
    assert found.ballot.ratio == Fraction(15, 100)
    assert found.ballot.ties == ("ordinary_first", "revote")
    assert found.labels.star == "闪光言行之星"


def test_conditions_belong_to_the_scheme() -> None:
    """R-151: texts of the conditions are data of a scheme version."""
    found = scheme.of(uuid4(), 1, "方案", "", {"eligibility.conditions": CONDITIONS})
    assert [each.number for each in found.eligibility.conditions if each.sensitive] == [2, 3, 4]


def test_all_faults_are_named_at_once() -> None:
    wrong = scheme.check({"ballot.ratio": "3/2", "ballot.rounding": "banker", "no.such": 1, "after.notice_days": -1})
    assert len(wrong) == 4


@pytest.mark.parametrize("key", ["ballot.secrecy_minimum", "ballot.disclosed_from"])
def test_no_scheme_asks_for_so_few_ballots_that_a_sum_betrays_them(key: str) -> None:
    """requirements 5.1: two or fewer are refused, and versions that were adopted before are read as if they said 3."""
    assert [scheme.check({key: few}) == [] for few in range(5)] == [False, False, False, True, True]
    assert "3" in scheme.check({key: 2})[0]
    group, name = key.split(".")
    read = [getattr(getattr(scheme.of(uuid4(), 1, "方案", "", {key: few}), group), name) for few in (0, 2, 3, 7)]
    assert read == [3, 3, 3, 7]


def test_pooled_places_neither_carry_over_nor_wait_for_who_comes() -> None:
    """Requirements 2.2: places are pooled before the meetings."""
    assert scheme.check({"ballot.pooling": True, "ballot.base": "formal"}) == []
    assert len(scheme.check({"ballot.pooling": True, "ballot.carry": True, "ballot.base": "present"})) == 2
    assert scheme.check({"ballot.carry": True, "ballot.base": "present"}) == []


@given(st.fractions())
def test_a_share_is_between_nothing_and_all(value: Fraction) -> None:
    assert (scheme.check({"ballot.ratio": str(value)}) == []) == (0 <= value <= 1)
