"""Schemes: settings are checked, defaults fill what is missing, values have types."""

from fractions import Fraction
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import scheme
from shared.scheme.settings import BY_KEY
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


def test_stages_stand_in_their_order_however_a_database_keeps_them() -> None:
    """C3 C4: jsonb gives short keys first."""
    kept = ["make", "fulfil", "review", "publish", "appraise", "supervise"]
    names = dict(BY_KEY["pledge.stages"].choices)
    found = scheme.of(uuid4(), 1, "方案", "", {"pledge.stages": {key: names[key] for key in kept}})
    assert list(found.pledge.stages.values()) == ["提诺", "审诺", "亮诺", "履诺", "督诺", "评诺"]


@pytest.mark.parametrize(
    ("weights", "count"),
    [
        ({"self": "30%", "peer": "40%", "organization": "30%"}, 0),
        ({"self": "1", "peer": "2"}, 0),
        ({"自评": "30%"}, 1),
        ({"self": "三成"}, 1),
        ({"self": "-1", "peer": "2"}, 1),
        ({"self": "0", "mass": "0"}, 1),
        ({"self": "30%", "peer": "7/10"}, 1),
        ({"leader": "1"}, 1),
    ],
)
def test_weights_that_would_weigh_nothing_are_refused(weights: dict[str, str], count: int) -> None:
    """R-090 C6: the default sources know no 领导点评."""
    assert len(scheme.check({"appraisal.weights": weights})) == count


def test_nothing_stands_behind_fewer_places() -> None:
    assert scheme.check({"ballot.ties": ["revote", "fewer"]}) == []
    assert scheme.check({"ballot.ties": ["more", "revote"]}) == []
    (said,) = scheme.check({"ballot.ties": ["fewer", "more"]})
    assert "增加名额" in said
    assert "用不上" in said


def test_the_form_takes_three_identities_only() -> None:
    """R-172"""
    assert scheme.check({"after.identities": {"leader": "教师", "retired": "离退休同志"}}) == []
    (said,) = scheme.check({"after.identities": {"leader": "领导干部", "staff": "领导干部"}})
    assert said == "“登记表中的党员身份”不能是“领导干部”，登记表只填：教师、学生、离退休同志。"
    assert len(scheme.check({"after.identities": {"boss": "教师"}})) == 1


def test_a_window_does_not_close_before_it_opens() -> None:
    """R-031 R-194"""
    upside_down = {"pledge.window_opens": "12-01", "pledge.window_closes": "03-31"}
    (said,) = scheme.check(upside_down)
    assert "起止颠倒" in said
    assert scheme.check({**upside_down, "pledge.window_before": True}) == []


def test_single_settings_are_checked_without_the_others() -> None:
    assert scheme.faults({"pledge.window_opens": "07-01"}) == []
    assert scheme.conflicts({"pledge.window_opens": "07-01", "pledge.window_closes": "07-31"}) == []
