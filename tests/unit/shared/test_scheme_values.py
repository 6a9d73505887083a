"""Values of single settings: what each kind of setting takes and what it refuses, in which sentence."""

from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from shared import scheme

CONDITION = {"number": 1, "text": "受处分", "sensitive": True, "computed": None}


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("labels.star", ["闪光言行之星"], ["", "  ", 1, None, ["闪光"]]),
        ("basis.documents", [[], ["甲", "乙"]], ["甲", [""], [1], None]),
        ("ballot.carry", [True, False], [1, 0, "true", None]),
        ("after.filing_days", [0, 1, 60], [-1, "5", 1.5, True, None]),
        ("ballot.secrecy_minimum", [3, 4], [2, 0, -1]),
        ("ballot.ratio", ["0", "1", "15/100", "0.15"], ["-1/100", "101/100", 0.15, "1/0", "十分之一", "", None]),
        ("pledge.window_opens", ["01-01", "12-31", "02-28"], ["02-29", "13-01", "1-1", "2013-01-01", 101, "01/01"]),
        ("ballot.base", ["roster", "present"], ["everybody", "", None, ["roster"]]),
        ("ballot.voters", [["formal"], ["formal", "probationary"]], [[], ["formal", "formal"], ["x"], "formal", [1]]),
        ("ballot.ties", [["revote", "fewer"]], [[], ["revote", "revote"], ["lots"], None]),
        ("register.focus", [{}, {"student": "成才"}], [[], {"student": ""}, {"student": "  "}, {"student": 1}]),
        (
            "eligibility.conditions",
            [[], [CONDITION], [{**CONDITION, "computed": "attendance"}], [{**CONDITION, "computed": "register"}]],
            [
                None,
                {},
                ["甲"],
                [{**CONDITION, "number": "1"}],
                [{**CONDITION, "text": ""}],
                [{**CONDITION, "sensitive": 1}],
                [{**CONDITION, "computed": "stars"}],
                [CONDITION, {}],
            ],
        ),
    ],
)
def test_each_kind_of_setting_takes_its_own_values(key: str, good: list[Any], bad: list[Any]) -> None:
    """R-150…R-159, R-281: a scheme is data, and data are checked."""
    assert [scheme.faults({key: value}) for value in good] == [[]] * len(good)
    assert [len(scheme.faults({key: value})) for value in bad] == [1] * len(bad)


def test_a_value_that_does_not_fit_is_named_by_the_setting_s_title() -> None:
    assert scheme.faults({"after.filing_days": -1}) == ["“备案期限（工作日）”的值不合要求。"]
    assert scheme.faults({"ballot.disclosed_from": 2}) == [
        "“有效票不少于多少时可对支部公布各人得票”的值不合要求，不得少于3。"
    ]
    assert scheme.faults({"no.such": 1}) == ["没有“no.such”这项设置。"]


def test_a_category_that_nobody_has_is_named_with_those_that_there_are() -> None:
    """R-005"""
    (said,) = scheme.faults({"register.focus": {"student": "成才", "pupil": "成才"}})
    assert said.startswith("“分类指导文字”中不认识“pupil”，可以写：")
    assert "学生" in said


@pytest.mark.parametrize("base", ["entitled", "present"])
def test_pooled_places_are_counted_from_the_roster(base: str) -> None:
    """Requirements 2.2."""
    pooled = {"ballot.pooling": True, "ballot.base": base}
    (said,) = scheme.conflicts(pooled)
    assert said == "名额由党总支统筹分配的，在开会以前计算，名额基数只能是在册党员或在册正式党员。"
    assert scheme.conflicts({"ballot.base": base}) == scheme.conflicts({**pooled, "ballot.base": "formal"}) == []


def test_a_window_of_one_day_is_no_contradiction() -> None:
    """R-031"""
    assert scheme.conflicts({"pledge.window_opens": "03-31", "pledge.window_closes": "03-31"}) == []


def test_a_weight_is_for_a_way_of_appraising_that_the_scheme_has() -> None:
    """R-090"""
    sources = {"appraisal.sources": ["self", "peer"]}
    assert scheme.conflicts({**sources, "appraisal.weights": {"self": "30%", "peer": "70%"}}) == []
    (said,) = scheme.conflicts({**sources, "appraisal.weights": {"self": "30%", "mass": "70%"}})
    assert said.endswith("不在评诺的方式之中，不能有权重。")


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({}, []),
        ({"self": "１/2"}, []),
        ({"self": "30％", "peer": "70%"}, []),
        ({"self": "0%", "peer": "0%"}, ["“各方式的权重（没有为定性评议）”合计须大于 0；不设权重的，请留空。"]),
        ({"self": "1/0"}, ["“个人自评”的权重“1/0”无法识别，请写数字、百分数或分数，如 30%。"]),
        ({"self": "30%", "peer": "1"}, ["“各方式的权重（没有为定性评议）”请都写百分数，或者都不写百分号。"]),
    ],
)
def test_weights_are_numbers_of_one_writing_that_add_up_to_something(weights: dict[str, str], said: list[str]) -> None:
    """R-090"""
    assert scheme.faults({"appraisal.weights": weights}) == said


def test_only_what_stands_behind_fewer_places_is_idle() -> None:
    """Q12"""
    found = scheme.faults({"ballot.ties": ["ordinary_first", "fewer", "revote", "more"]})
    assert ["对得票相同者再次投票" in found[0], "增加名额" in found[1], len(found)] == [True, True, 2]


def made(**settings: Any) -> scheme.Scheme:
    named = {key.replace("__", "."): value for key, value in settings.items()}
    return scheme.of(UUID(int=1), 4, "方案", "甲党〔2013〕1号", named)


def test_a_focus_is_that_of_the_person_s_category_else_of_the_kind_of_unit() -> None:
    """R-005, R-006: a unit whose kind nobody entered is one of the others."""
    register = made(register__focus={"student": "成才", "教学": "育人", "其他": "奉献"}).register
    assert register.focus_of("student", "教学") == "成才"
    assert register.focus_of("staff", "教学") == "育人"
    assert register.focus_of(None, None) == register.focus_of("staff", None) == "奉献"
    assert register.focus_of("staff", "机关") == ""


def test_a_scheme_rests_on_its_superior_documents_and_its_own() -> None:
    """R-281, R-282."""
    assert made().grounds == "甲党〔2013〕1号"
    assert made(basis__documents=["乙", "丙"]).grounds == "乙、丙、甲党〔2013〕1号"


def test_a_scheme_is_read_with_its_types_and_what_it_does_not_know_is_left() -> None:
    read = made(
        ballot__ratio="1/8", ballot__voters=["formal", "probationary"], ballot__carry=True, ballot__minimum=2,
        eligibility__conditions=[{"number": 3, "text": "甲", "sensitive": True}], no__such=1,
    )  # fmt: skip
    assert (read.id, read.version, read.name) == (UUID(int=1), 4, "方案")
    assert (read.ballot.ratio, read.ballot.voters, read.ballot.carry) == (
        Fraction(1, 8),
        ("formal", "probationary"),
        True,
    )
    assert (read.ballot.minimum, made(ballot__minimum=-1).ballot.minimum) == (2, 0)
    (condition,) = read.eligibility.conditions
    assert (condition.number, condition.text, condition.sensitive, condition.computed) == (3, "甲", True, None)


def test_pairs_that_no_choice_names_follow_those_that_one_does() -> None:
    """R-005: in the order in which they were written."""
    read = made(register__focus={"乙": "2", "学生": "3", "student": "1", "甲": "4"})
    assert list(read.register.focus) == ["student", "学生", "乙", "甲"]
