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
