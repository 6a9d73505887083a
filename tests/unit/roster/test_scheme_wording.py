"""Settings in Chinese, and back: a form filled with what is in force changes nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from services.roster.scheme import presets, wording
from shared.scheme import SETTINGS, check
from shared.scheme.settings import BY_KEY


def posted(values: dict[str, object]) -> MultiDict[str, str]:
    """What a browser sends of a form that shows these values."""
    form: MultiDict[str, str] = MultiDict()
    for key, value in values.items():
        match BY_KEY[key].kind:
            case "flag":
                form.add(key, "1" if value else "0")
            case "choice" | "text" | "count":
                form.add(key, str(value))
            case "choices" | "ordered":
                form.setlist(key, list(value))  # type: ignore[call-overload]
            case _:
                form.add(key, wording.typed(BY_KEY[key], value))
    return form


ODD = {
    "ballot.ties": ["more", "revote", "ordinary_first", "fewer"],
    "pledge.review_steps": ["general_branch", "branch"],
    "supervision.ladder": ["announce", "help", "rectify"],
    "appraisal.weights": {"mass": "20%", "self": "30%", "organization": "50%"},
    "register.focus": {"学生": "学生单位党员要多读书。", "student": "学生党员要多读书。", "机关": "改进作风。"},
}


@pytest.mark.parametrize("code", sorted(presets.every()))
@pytest.mark.parametrize("changes", [{}, ODD], ids=["as it is", "in an odd order"])
def test_a_form_sent_as_it_was_shown_gives_the_same_settings(code: str, changes: dict[str, object]) -> None:
    """R-281: also the order of what is done in turn (依次)."""
    values = {key: made.value for key, made in presets.get(code).settings.items()} | changes
    keys = [setting.key for setting in SETTINGS]
    read = wording.read(posted(values), keys)
    # 15/100 and 3/20 are the same share
    assert {key: wording.lines(BY_KEY[key], value) for key, value in read.items()} == {
        key: wording.lines(BY_KEY[key], value) for key, value in values.items()
    }


@given(st.fractions(0, 1, max_denominator=1000))
def test_a_share_is_read_back_exactly(fraction: Fraction) -> None:
    setting = BY_KEY["ballot.ratio"]
    text = wording.typed(setting, str(fraction))
    assert wording.read(MultiDict({"ballot.ratio": text}), ["ballot.ratio"]) == {"ballot.ratio": str(fraction)}


def test_shares_are_written_as_people_write_them() -> None:
    assert [wording.share(text) for text in ("15/100", "1/8", "1/3", "1/2")] == ["15%", "12.5%", "1/3", "50%"]


def test_all_fields_that_make_no_sense_are_named_at_once() -> None:
    form = MultiDict({"ballot.ratio": "许多", "after.notice_days": "五", "register.focus": "没有冒号"})
    with pytest.raises(wording.ValueUnread) as refused:
        wording.read(form, list(form))
    assert len(refused.value.details) == 3
    assert "“名额比例”填写的内容无法识别。请填百分数或分数，如 15% 或 1/2。" in refused.value.details


@pytest.mark.parametrize(
    ("key", "text"),
    [("ballot.ratio", "15% 或 1/2"), ("after.notice_days", "5"), ("register.focus", "学生：多读书"),
     ("eligibility.conditions", "受到党纪处分的〔内容保密〕")],
)  # fmt: skip
def test_what_is_given_as_an_example_is_understood(key: str, text: str) -> None:
    assert text in wording.EXAMPLES[BY_KEY[key].kind]
    for example in text.split(" 或 "):
        assert wording.read(MultiDict({key: example}), [key])


def test_a_zero_that_switches_something_off_says_so() -> None:
    assert wording.lines(BY_KEY["ballot.maximum_share"], "0") == ["不限"]
    assert wording.lines(BY_KEY["after.notice_days"], 0) == ["只公布"]
    assert wording.lines(BY_KEY["after.notice_days"], 5) == ["5"]


def test_weights_are_typed_by_the_names_that_the_page_shows() -> None:
    """R-090: 个人自评, not `self`."""
    typed = "个人自评：30%\n党员互评:40%\n党组织考评：30%"
    read = wording.read(MultiDict({"appraisal.weights": typed}), ["appraisal.weights"])
    assert read == {"appraisal.weights": {"self": "30%", "peer": "40%", "organization": "30%"}}
    assert check(read) == []
    assert wording.typed(BY_KEY["appraisal.weights"], read["appraisal.weights"]) == typed.replace(":", "：")


def test_a_name_that_the_setting_does_not_know_is_pointed_out() -> None:
    read = wording.read(MultiDict({"pledge.stages": "提诺：提出\n许愿：许愿"}), ["pledge.stages"])
    assert check(read) == ["“各环节名称”中不认识“许愿”，可以写：提诺、审诺、亮诺、履诺、督诺、评诺。"]


def test_the_same_name_twice_is_not_read() -> None:
    with pytest.raises(wording.ValueUnread):
        wording.read(MultiDict({"appraisal.weights": "个人自评：30%\n个人自评：70%"}), ["appraisal.weights"])
