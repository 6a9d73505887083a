"""The presets: complete, with a source for each value, and each document's own wording (R-150, R-151, R-281)."""

import pytest

from services.roster.scheme import presets, rules
from shared.scheme import SETTINGS, check

AWARDS = ["zjy2013", "zky2013"]
CODES = [*AWARDS, "jskd2012", "yjep", "zcx2010"]


@pytest.mark.parametrize("code", CODES)
def test_every_setting_has_a_good_value_and_its_source(code: str) -> None:
    """R-282: 依据 are shown."""
    preset = presets.get(code)
    assert set(preset.settings) == {setting.key for setting in SETTINGS}
    assert check({key: made.value for key, made in preset.settings.items()}) == []
    unsourced = [
        key
        for key, made in preset.settings.items()
        if not made.source.startswith(("“", "依据文件未规定，取通行做法："))
    ]
    assert unsourced == []
    assert [key for key, made in preset.settings.items() if made.source == rules.UNTOLD] == []


@pytest.mark.parametrize("code", AWARDS)
def test_there_are_nine_conditions_of_which_three_are_sensitive_and_two_computed(code: str) -> None:
    """R-150 R-152 R-153 R-154 R-155 R-156 R-157 R-158 R-159"""
    conditions = presets.get(code).settings["eligibility.conditions"].value
    assert [one["number"] for one in conditions] == list(range(1, 10))
    assert [one["number"] for one in conditions if one["sensitive"]] == [2, 3, 4]
    assert {one["number"]: one["computed"] for one in conditions if one["computed"]} == {8: "attendance", 9: "register"}


def test_the_documents_differ_in_the_first_and_third_condition() -> None:
    """R-150 R-151 R-153"""
    wide, narrow = (
        {one["number"]: one["text"] for one in presets.get(code).settings["eligibility.conditions"].value}
        for code in AWARDS
    )
    assert [number for number in wide if wide[number] != narrow[number]] == [1, 3]
    assert "上级党委、政府" in wide[1]
    assert "重点工程" in wide[1]
    assert "上级党委、政府" not in narrow[1]
    assert "违法违规违纪违规" in wide[3]


def test_the_focus_texts_are_the_document_s() -> None:
    """R-005"""
    focus = presets.get("zky2013").settings["register.focus"].value
    assert focus["student"] == "学生党员主要体现在成长成才、奉献社会上。"
    assert focus["机关"] == focus["后勤"]


def test_the_founding_document_is_written_with_its_number() -> None:
    """R-281"""
    assert str(presets.get("zjy2013").document).startswith("浙金院党〔2013〕11号《")
    assert str(presets.get("zky2013").document).startswith("《关于")


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(rules.PresetNotFound):
        presets.get("nowhere")
