"""The grade in the middle of what the sources said, and how far a decision is from it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.appraisal.rules import middle, strongly, weight_of
from tests.unit.pledge.test_form_rules import SCALE, said


@given(st.dictionaries(st.sampled_from(["peer", "mass", "self"]), said))
def test_the_middle_lies_where_half_of_the_weight_is_passed(shares: dict[str, dict[str, int]]) -> None:
    """R-090: without weights every form counts as one."""
    found = middle(SCALE, shares, {})
    heads = [sum(one.get(grade, 0) for one in shares.values()) for grade in SCALE]
    if not sum(heads):
        assert found is None
        return
    assert found is not None
    place = SCALE.index(found)
    assert sum(heads[: place + 1]) * 2 >= sum(heads)
    assert sum(heads[:place]) * 2 < sum(heads)


@given(said.filter(lambda one: sum(one.values()) > 0), st.integers(2, 9))
def test_with_weights_the_size_of_a_source_does_not_count(peer: dict[str, int], times: int) -> None:
    """R-090 C6"""
    weights = {"peer": "40%", "mass": "60%"}
    mass = {"较好": 3}
    larger = {grade: number * times for grade, number in peer.items()}
    expected = middle(SCALE, {"peer": peer, "mass": mass}, weights)
    assert middle(SCALE, {"peer": larger, "mass": mass}, weights) == expected == "较好"


@pytest.mark.parametrize(
    ("counts", "grade"),
    [
        ({"好": 1}, "好"),
        ({"较好": 1}, "较好"),
        ({"差": 1}, "差"),
        ({"好": 1, "差": 1}, "好"),
        ({"好": 1, "差": 2}, "差"),
        ({"好": 2, "较好": 1, "一般": 3}, "较好"),
    ],
)
def test_where_the_halves_are_even_the_better_grade_is_in_the_middle(counts: dict[str, int], grade: str) -> None:
    """R-090"""
    assert middle(SCALE, {"peer": counts}, {}) == grade
    assert middle(SCALE, {"peer": counts}, {"peer": "7%"}) == grade


def test_a_source_that_said_nothing_weighs_nothing() -> None:
    """R-090 C6: also where the scheme gives it the greater weight."""
    weights = {"peer": "90%", "mass": "10%"}
    assert middle(SCALE, {"peer": {}, "mass": {"一般": 1}}, weights) == "一般"
    assert middle(SCALE, {"peer": {}, "mass": {}}, weights) is None


@pytest.mark.parametrize(
    ("text", "weight"), [("30", 30), ("30%", 30), ("3/10", Fraction(3, 10)), ("多", 0), ("-5", 0), ("1/0", 0)]
)
def test_weights_are_read_as_people_write_them(text: str, weight: Fraction) -> None:
    assert weight_of({"peer": text}, "peer") == weight


@pytest.mark.parametrize(("grade", "answer"), [("好", False), ("较好", False), ("一般", False), ("差", True)])
def test_a_grade_half_a_scale_away_differs_strongly(grade: str, *, answer: bool) -> None:
    """R-098"""
    assert strongly(SCALE, grade, "较好") is answer
    assert not strongly(SCALE, grade, None)
    assert not strongly(SCALE, "优", "差"), "what is no grade is refused elsewhere"
