"""Names: how they are written, ordered by 姓氏笔画, and found by pinyin (requirements 4.2, 4.3)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.naming import readings, strokes
from services.roster.naming.names import normalise

TABLE = [line.split("\t") for line in strokes.TABLE.read_text(encoding="utf-8").splitlines()]
CHARACTERS = st.one_of(
    st.sampled_from([row[0] for row in TABLE]), st.characters(min_codepoint=0x20000, max_codepoint=0x2FFFF)
)
NAMES = st.text(CHARACTERS, min_size=1, max_size=6)


def ordered(names: str) -> list[str]:
    return sorted(names.split(), key=strokes.key)


def test_four_stroke_surnames_stand_as_officials_order_them() -> None:
    assert "".join(sorted("尹方文仇毛尤区王", key=strokes.key)) == "王区尤毛仇文方尹"


def test_fewer_strokes_come_first_whatever_their_kind() -> None:
    assert ordered("魏国 丁一 王二 陈三") == ["丁一", "王二", "陈三", "魏国"]


def test_of_one_surname_names_of_two_characters_precede_longer_ones() -> None:
    """The missing character counts as none: 高富 before 高大富, 王毅 before 王小洪."""
    assert ordered("高大富 高富") == ["高富", "高大富"]
    assert ordered("王小洪 王毅 王东明 王宁 王凯") == ["王宁", "王凯", "王毅", "王小洪", "王东明"]


def test_a_compound_surname_stands_by_its_first_character() -> None:
    assert ordered("欧阳修 丁一 欧冶子") == ["丁一", "欧阳修", "欧冶子"]


def test_the_same_second_character_leaves_it_to_the_third() -> None:
    assert ordered("李小明 李小一 李小平") == ["李小一", "李小平", "李小明"]


def test_characters_outside_the_table_follow_all_others_by_code_point() -> None:
    assert ordered("\U00020000一 龘一 龖一 王一") == ["王一", "龖一", "龘一", "\U00020000一"]


def test_dots_and_padding_do_not_change_the_place() -> None:
    assert strokes.key("王　伟") == strokes.key("王伟")
    assert strokes.key("买买提•艾力") == strokes.key("买买提·艾力")


def test_what_is_no_name_comes_first() -> None:
    assert strokes.key("") == strokes.key(" · ") == ""


def test_the_table_keeps_the_official_order_of_every_level() -> None:
    for first, last in ((1, 3500), (3501, 6500), (6501, 8105)):
        level = [row for row in TABLE if first <= int(row[1]) <= last and row[4] in {"cnchar", "rime"}]
        inversions = sum(strokes.key(a[0]) > strokes.key(b[0]) for a, b in pairwise(level))
        assert inversions <= 4, "more than the known outliers"


@given(st.lists(NAMES, max_size=8))
def test_the_order_is_total_and_stable(names: list[str]) -> None:
    once = sorted(names, key=strokes.key)
    assert sorted(once, key=strokes.key) == once
    # PostgreSQL compares the keys byte by byte, Python code point by code point.
    assert sorted(names, key=lambda name: strokes.key(name).encode()) == once
    assert all(strokes.key(a) <= strokes.key(b) for a, b in pairwise(once))


@given(NAMES, NAMES)
def test_different_names_have_different_places(one: str, other: str) -> None:
    assert (strokes.key(one) == strokes.key(other)) == (normalise(one) == normalise(other))


@given(NAMES, CHARACTERS)
def test_a_name_that_another_begins_with_comes_first(name: str, more: str) -> None:
    assert strokes.key(name) < strokes.key(name + more)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("王　伟", "王伟"),
        (" 欧阳 修 ", "欧阳修"),
        ("买买提•艾力", "买买提·艾力"),
        ("阿依古丽‧吐尔逊", "阿依古丽·吐尔逊"),
        ("John  Smith", "John Smith"),
        ("\U0002c34e\U00020164", "\U0002c34e\U00020164"),
    ],
)
def test_names_are_kept_in_one_writing(written: str, kept: str) -> None:
    assert normalise(written) == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("曾小明", "zengxiaoming"),
        ("曾小明", "cengxiaoming"),
        ("曾小明", "zxm"),
        ("曾小明", "ceng"),
        ("单田芳", "shan"),
        ("单田芳", "dan"),
        ("单于飞", "chanyu"),
        ("仇大海", "qiu"),
        ("区小宁", "ou"),
        ("解放", "xie"),
        ("翟志刚", "zhai"),
        ("吕布", "lv"),
        ("吕布", "lü"),
        ("买买提·艾力", "maimaitiaili"),
        ("买买提·艾力", "买买提•艾力"),
        ("买买提·艾力", "买买提艾力"),
        ("王小明", "小明"),
        ("王小明", "王　小明"),
        ("王小明", "t9"),
    ],
)
def test_a_person_is_found_by_both_readings_initials_and_number(name: str, typed: str) -> None:
    assert like(readings.keys(name, "T9001"), readings.sought(typed))


SURNAMES = (
    "乐yue 乐le 乜nie 仇qiu 俟si 区ou 单shan 卜bu 句gou 召shao 员yun 折she 曾zeng 朴piao 查zha 盖ge 盖gai 繁po 缪miao "
    "翟zhai 薄bo 覃qin 覃tan 解xie 都du 阚kan 隗wei 隗kui 隽juan 隽jun 种chong 尉wei 洗xian 冼xian 黑he 秘bi 宓mi "
    "燕yan 任ren 华hua 纪ji 应ying 哈ha 那na 单于chanyu 万俟moqi 尉迟yuchi 澹台tantai 令狐linghu 宇文yuwen "
    "长孙zhangsun 夏侯xiahou 皇甫huangfu 公孙gongsun 诸葛zhuge 欧阳ouyang 司马sima 上官shangguan 慕容murong 呼延huyan"
)


@pytest.mark.parametrize("written", SURNAMES.split())
def test_a_surname_is_read_as_a_surname(written: str) -> None:
    """Requirements 4.2."""
    letters = "".join(sign for sign in written if sign.isascii())
    surname = written.removesuffix(letters)
    assert letters + "ming" in readings.spelled(surname + "明")


def test_the_most_likely_reading_is_that_of_the_whole_surname_a_syllable_a_character() -> None:
    """Requirements 4.2."""
    assert readings.reading("曾小明") == "zeng xiao ming"
    assert readings.reading("单于　飞") == "chan yu fei"
    assert readings.reading("买买提•艾力") == "mai mai ti ai li"
    assert readings.reading("") == ""
    assert readings.spelled("乐明") == ["yueming", "leming"]
    assert readings.spelled("诸葛") == ["zhuge"]
    assert readings.spelled("单于飞") == ["chanyufei", "shanyufei", "danyufei"]


def test_a_sign_that_has_no_reading_is_passed_over() -> None:
    assert readings.spelled("王1明") == ["wangming"]
    assert readings.keys("王1明", "T1") == " t1 王1明 wangming wm"


def test_every_word_under_which_a_person_is_found_stands_once() -> None:
    assert readings.keys("王小明", "T9001") == " t9001 王小明 wangxiaoming wxm"
    assert readings.keys("尉明", "1", "Yu Ming") == " 1 尉明 yuming ym weiming wm"


def test_a_corrected_reading_is_found_beside_the_usual_one() -> None:
    keys = readings.keys("尉明", "T1", "yù míng".replace("ù", "u").replace("í", "i"))
    assert like(keys, readings.sought("yuming"))
    assert like(keys, readings.sought("weiming"))


def test_signs_of_the_pattern_language_are_taken_literally() -> None:
    assert not like(readings.keys("王小明", "T9001"), readings.sought("t_0"))
    assert not like(readings.keys("王小明", "T9001"), readings.sought("%1"))


def like(keys: str, pattern: str) -> bool:
    """Match as SQL's LIKE does for the patterns that `sought` makes."""
    inner = pattern.removeprefix("%").removesuffix("%")
    for sign in "\\%_":
        inner = inner.replace("\\" + sign, sign)
    return inner in keys
