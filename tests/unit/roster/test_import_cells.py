"""Reading headings and cells as people fill them (requirements 4.4)."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.roster.imports import cells, workbook
from services.roster.imports.cells import CellFault
from services.roster.imports.columns import COLUMNS, TROUBLE, meant, recognised
from services.roster.imports.domain import Fault, ImportKind
from shared.sheet import Row, Table, read


def test_headings_are_known_by_their_synonyms() -> None:
    found, wrong = recognised(
        ImportKind.PEOPLE, ["学号", "党员 姓名*", "支部名称（必填）", "党员类别", "入党日期", TROUBLE]
    )
    assert wrong == []
    assert [column.key for column in found.values()] == ["number", "name", "organization", "identity", "joined"]


def test_unknown_double_and_missing_headings_are_all_named() -> None:
    _, wrong = recognised(ImportKind.PEOPLE, ["学号", "工号", "星座"])
    assert wrong == [
        "“工号”与另一列都表示“学工号”，请只保留一列。",
        "不认识列名“星座”。请改用模板中的列名，或删去这一列。",
        "缺少“姓名”一列。",
        "缺少“所在党支部”一列。",
    ]


@pytest.mark.parametrize(
    ("cell", "kept"), [("00123", "00123"), (123, "123"), (20130401.0, "20130401"), (" T001 ", "T001"), ("'-5", "-5")]
)
def test_numbers_are_kept_as_text(cell: object, kept: str) -> None:
    assert cells.number(cell) == kept


@pytest.mark.parametrize("cell", ["3.30E+17", "3.3E17", 3.3e17, 1.5, 330106199001011234, True, datetime(2013, 4, 1)])  # noqa: DTZ001
def test_numbers_that_excel_damaged_are_noticed(cell: object) -> None:
    with pytest.raises(CellFault):
        cells.number(cell)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (2013.4, "2013年4月"),
        (2013.12, "2013年12月"),
        (2013.04, "2013年4月"),
        (41365, "2013年4月1日"),
        (201304, "2013年4月"),
    ],
)
def test_days_typed_as_numbers_are_read(cell: object, shown: str) -> None:
    assert str(cells.day(cell)) == shown


def test_january_and_october_typed_as_a_number_are_asked_about() -> None:
    """Excel makes 2013.10 to 2013.1."""
    with pytest.raises(CellFault, match="分不清"):
        cells.day(2013.1)


def test_a_year_of_birth_is_asked_for_as_a_year() -> None:
    assert [cells.year(cell) for cell in (1985.1, "1985-04", "1985.4")] == [1985, 1985, 1985]
    with pytest.raises(CellFault, match="“04”不是年份，请写四位年份，如 1985"):
        cells.year("04")


def test_headings_of_the_other_table_are_known() -> None:
    organizations, people = ["组织编号", "组织全称", "组织类别"], ["学工号", "姓名", "所在党支部"]
    assert meant(ImportKind.PEOPLE, organizations) is ImportKind.ORGANIZATIONS
    assert meant(ImportKind.ORGANIZATIONS, people) is ImportKind.PEOPLE
    assert meant(ImportKind.PEOPLE, people) is None
    assert meant(ImportKind.PEOPLE, ["星座"]) is None


def test_a_position_needs_its_day() -> None:
    assert cells.exact_day("2013-04-01") == date(2013, 4, 1)
    with pytest.raises(CellFault):
        cells.exact_day("2013.4")


@given(st.text(max_size=30) | st.integers() | st.floats() | st.booleans() | st.none() | st.datetimes())
def test_any_cell_is_read_or_refused_in_a_sentence(cell: object) -> None:
    for reader in (cells.text, cells.number, cells.day, cells.exact_day, cells.flag, cells.year):
        assert trouble(reader, cell).endswith("。")


def trouble(reader: Callable[[object], Any], cell: object) -> str:
    """Give what is said about a cell that cannot be read."""
    try:
        reader(cell)
    except CellFault as fault:
        return str(fault)
    return "。"


@pytest.mark.parametrize("kind", ImportKind)
def test_the_template_has_all_columns_drop_downs_and_a_hidden_list(kind: ImportKind) -> None:
    made = load_workbook(io.BytesIO(workbook.template(kind)))
    sheet = made.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.heading for column in COLUMNS[kind]]
    assert made[workbook.LISTS].sheet_state == "hidden"
    assert sheet["A1"].comment is not None
    assert sheet["A2"].number_format == "@"
    assert sheet.data_validations.dataValidation
    found, wrong = recognised(kind, [str(cell.value) for cell in sheet[1]])
    assert len(found) == len(COLUMNS[kind])
    assert wrong == []


def test_the_whole_table_comes_back_with_what_is_wrong_and_can_be_uploaded_again() -> None:
    rows = (Row(2, {"学工号": "001", "姓名": "甲"}), Row(3, {"学工号": "002", "姓名": "乙"}))
    content = workbook.marked(Table(("学工号", "姓名"), rows), [Fault(3, "姓名", "必须填写。"), Fault(3, "", "矛盾。")])
    again = read(content)
    assert [dict(row.cells) for row in again.rows] == [
        {"学工号": "001", "姓名": "甲", TROUBLE: None},
        {"学工号": "002", "姓名": "乙", TROUBLE: "“姓名”：必须填写。矛盾。"},
    ]
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet["A2"].fill.fgColor.rgb != sheet["A3"].fill.fgColor.rgb
    assert recognised(ImportKind.PEOPLE, again.headings)[1] == ["缺少“所在党支部”一列。"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\tx"])
def test_a_text_never_becomes_a_formula(text: str) -> None:
    """requirements 4.4: formula injection."""
    content = workbook.marked(Table(("姓名",), (Row(2, {"姓名": text}),)), [Fault(2, "姓名", "错。")])
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


@pytest.mark.parametrize("cell", [None, "", "  ", "\n"])
def test_spaces_are_no_text(cell: object) -> None:
    assert cells.blank(cell)
    assert not cells.blank(0)


def test_a_text_has_its_length_and_no_signs_that_nobody_can_see() -> None:
    """Requirements 4.4."""
    assert cells.text("上\n下\t右") == "上\n下\t右"
    assert cells.text("甲" * 200) == "甲" * 200
    assert (cells.text("'=1"), cells.text("'甲"), cells.text(7.0)) == ("=1", "'甲", "7")
    for wrong, said in (("甲" * 201, "不能超过200字。"), ("甲\x07", "含有不能识别的字符。")):
        with pytest.raises(CellFault, match=said):
            cells.text(wrong)


def test_a_broken_number_and_one_beyond_the_years_are_neither_cut_nor_taken_for_a_month() -> None:
    assert cells.text(7.5) == "7.5"
    with pytest.raises(CellFault, match=r"“41365\.1”不是日期"):
        cells.day(41365.1)
    assert cells.year(31048.0) == 1985


def test_a_number_is_whole_up_to_fifteen_digits() -> None:
    assert cells.number(10**15 - 1) == "9" * 15
    for wrong in (10**15, -(10**15)):
        with pytest.raises(CellFault, match="数字过长"):
            cells.number(wrong)


@pytest.mark.parametrize(
    ("word", "yes"),
    [("是", True), ("有", True), ("√", True), (1, True), (1.0, True), (True, True), (" 是 ", True), ("否", False),
     ("不是", False), (0, False), (False, False), ("无", False)],
)  # fmt: skip
def test_yes_and_no_are_said_in_many_words(word: object, yes: bool) -> None:
    assert cells.flag(word) is yes


@pytest.mark.parametrize(("cell", "year"), [(1900.0, 1900), (2099.12, 2099), ("1985", 1985), ("1985年", 1985)])
def test_a_year_of_birth_is_one_of_two_centuries(cell: object, year: int) -> None:
    assert cells.year(cell) == year
    with pytest.raises(CellFault):
        cells.year("1899-12-31")


def test_february_and_november_typed_as_a_number_are_clear() -> None:
    assert [str(cells.day(cell)) for cell in (2013.2, 2013.11, 1900.12)] == ["2013年2月", "2013年11月", "1900年12月"]


HEADINGS = {
    ImportKind.ORGANIZATIONS: {
        "组织编号": "编号 组织代码 代码", "组织全称": "组织名称 名称 党组织名称", "组织类别": "类别 组织类型",
        "上级组织": "上级 上级编号 上级党组织 上级组织编号", "单位类型": "单位类别 单位性质",
        "公开电话": "联系电话 电话", "意见箱": "办公地点 地址",
    },
    ImportKind.PEOPLE: {
        "学工号": "学号 工号 职工号 教工号 人员编号", "姓名": "党员姓名 人员姓名 ＊姓名（必填）",
        "所在党支部": "支部名称 所在支部 党支部 所属党支部 所在组织 所在党组织 支部编号",
        "人员类别": "政治面貌 类别 党员类型 党籍", "身份": "党员类别 人员身份 党员身份", "性别": "性别(男女)",
        "出生年份": "出生年月 出生日期", "入党时间": "入党日期", "转正时间": "转正日期",
        "担任领导职务": "领导干部 是否领导",
        "处级以上": "是否处级", "无职党员": "", "岗位职责": "岗位", "流动党员": "是否流动",
        "外出时间": "流出日期 流出时间",
        "党内职务": "支部职务 职务", "任职组织": "", "任职时间": "任职日期", "邮箱": "电子邮箱 邮件",
        "联系电话": "手机 手机号 电话", "姓名拼音": "拼音", "备注": "", "在册状态": "状态 是否在册",
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", ImportKind)
def test_a_column_is_found_by_what_registers_call_it(kind: ImportKind) -> None:
    """Requirements 4.4."""
    assert [column.heading for column in COLUMNS[kind]] == list(HEADINGS[kind])
    for heading, others in HEADINGS[kind].items():
        for word in [heading, *others.split()]:
            assert recognised(kind, [word])[0][word].heading == heading
