"""The presets: complete, with a source for each value, and each document's own wording (R-150, R-151, R-281)."""

import re
from pathlib import Path
from uuid import UUID

import pytest

from services.roster.scheme import presets, rules
from shared.scheme import SETTINGS, check
from shared.scheme import of as scheme_of

AWARDS = ["zjy2013", "zky2013"]
SEEDS = {"zjy2013": "000", "zky2013": "001", "zcx2010": "002", "jskd2012": "003", "yjep": "004"}
CODES = list(SEEDS)
FOLDER = Path(__file__).parents[4] / "shared" / "seeds"
PLAIN = str.maketrans(dict(zip(",:;()!?", "，：；（）！？", strict=True)) | dict.fromkeys("“”‘’\"'"))


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
    """R-150 R-151 R-153 C15"""
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


def plain(text: str) -> str:
    """The words alone: a document found on the web has other blanks, widths and quotation marks."""
    return re.sub(r"\s", "", text.translate(PLAIN))


def quotations(source: str) -> list[str]:
    """What a source gives as words of its document; what follows 依据文件未规定 or 原文如此 is ours."""
    own = re.split("依据文件未规定|原文如此", source)[0]
    return [part.rstrip("。") for quoted in re.findall("“([^”]*)”", own) for part in quoted.split("……") if part]


@pytest.mark.skipif(not FOLDER.exists(), reason="the documents are kept beside the repository")
@pytest.mark.parametrize("code", CODES)
def test_every_quotation_is_verbatim(code: str) -> None:
    """R-281: 引号内是文件原句."""
    (file,) = FOLDER.glob(f"{SEEDS[code]}*")
    document = plain(file.read_text(encoding="utf-8"))
    sources = [made.source for made in presets.get(code).settings.values()]
    assert sum(map(len, map(quotations, sources))) > 10
    assert [words for source in sources for words in quotations(source) if plain(words) not in document] == []


def test_a_changed_word_is_no_quotation() -> None:
    assert quotations("“甲‘乙’……丙。”；原文如此，当为“丁”。") == ["甲‘乙’", "丙"]
    assert plain("甲‘乙’, 丙") == "甲乙，丙"


def test_what_jskd2012_says_of_the_infirm_and_of_kinds_of_unit() -> None:
    """R-006 R-013 C16"""
    settings = presets.get("jskd2012").settings
    assert settings["pledge.treatments"].value == ["encouraged"]
    assert "教书育人" in settings["register.focus"].value["教学"]
    assert "廉洁自律" in settings["register.focus"].value["机关"]


def test_grades_and_the_secret_ballot_are_each_document_s_own() -> None:
    """C10 C13: only yjep has a secret ballot on pledges, and grades with names of its own."""
    settings = {code: presets.get(code).settings for code in CODES}
    assert {code: made["appraisal.scale"].value[0] for code, made in settings.items()} == {
        **dict.fromkeys(CODES, "好"),
        "yjep": "先锋",
    }
    assert [code for code in CODES if settings[code]["appraisal.secret_ballot"].value] == ["yjep"]


def test_what_yjep_says_of_results_and_days() -> None:
    """R-059 C7 C17: who hands in on the last day can still be reviewed and posted in time."""
    settings = presets.get("yjep").settings
    assert settings["appraisal.scope"].value == "school"
    assert "作出综合评价" in settings["appraisal.appraiser"].source
    assert settings["pledge.window_closes"].value < settings["pledge.publish_by"].value == "08-10"


def test_the_ladder_of_zcx2010_begins_where_its_document_does() -> None:
    """R-075 C8"""
    assert presets.get("zcx2010").settings["supervision.ladder"].value == ["criticism", "rectify", "announce"]


@pytest.mark.skipif(not FOLDER.exists(), reason="the documents are kept beside the repository")
@pytest.mark.parametrize("code", CODES)
def test_superior_documents_are_named_as_the_document_names_them(code: str) -> None:
    """R-282"""
    (file,) = FOLDER.glob(f"{SEEDS[code]}*")
    document = plain(file.read_text(encoding="utf-8"))
    named = presets.get(code).settings["basis.documents"].value
    assert [words for words in named if plain(words) not in document] == []
    assert bool(named) == (code != "yjep")


def test_a_scheme_cites_its_superior_documents_before_its_own() -> None:
    """R-281 R-282"""
    preset = presets.get("zjy2013")
    found = scheme_of(UUID(int=1), 1, preset.name, str(preset.document), rules.values(preset.settings))
    assert found.grounds.startswith("《关于建立健全党员“一句话承诺”制度的意见》（浙创先发〔2012〕22号）、")
    assert "（浙创先发〔2012〕23号）、浙金院党〔2013〕11号《" in found.grounds
