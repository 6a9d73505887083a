"""Reading files, headings and cells as people fill them (requirements 4.4)."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from services.roster.imports import cells, reading, workbook
from services.roster.imports.cells import CellFault
from services.roster.imports.columns import COLUMNS, TROUBLE, recognised
from services.roster.imports.domain import Fault, ImportKind, Row, Table


def book(*rows: list[Any]) -> bytes:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


TEXT = "学工号,姓名\n001,王一鸣\n\n002,曾小明\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_that_excel_writes(encoding: str) -> None:
    table = reading.read(TEXT.encode(encoding))
    assert table.headings == ("学工号", "姓名")
    assert [(row.number, row.cells["姓名"]) for row in table.rows] == [(2, "王一鸣"), (4, "曾小明")]


def test_pasted_text_with_tabs_is_read_too() -> None:
    assert reading.read(TEXT.replace(",", "\t").encode()).rows[0].cells == {"学工号": "001", "姓名": "王一鸣"}


def test_rare_characters_survive_gb18030() -> None:
    assert reading.read("姓名\n王\U0002c34e\n".encode("gb18030")).rows[0].cells["姓名"] == "王\U0002c34e"


def test_a_workbook_is_read_with_its_row_numbers() -> None:
    table = reading.read(book([], ["学工号", "姓名"], ["001", "王一鸣"], [None, " "], ["002", "曾小明"]))
    assert [row.number for row in table.rows] == [3, 5]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", reading.EmptyTable),
        ("学工号,姓名\n".encode(), reading.EmptyTable),
        (b"PK\x03\x04 not really", reading.NotATable),
        (b"\xd0\xcf\x11\xe0 old", reading.OldExcel),
        (b"\x89PNG\r\n\x1a\n\x00\xff\xfe", reading.NotATable),
        (b'a,b\n"open', reading.NotATable),
        (b"x" * (reading.MOST_BYTES + 1), reading.FileTooLarge),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        reading.read(content)


def test_a_broken_workbook_is_refused() -> None:
    whole = book(["学工号", "姓名"], ["001", "王一鸣"])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            made.writestr(name, data[: len(data) // 2] if name.startswith("xl/worksheets") else data)
    for content in (whole[: len(whole) // 2], out.getvalue()):
        with pytest.raises(reading.NotATable):
            reading.read(content)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (reading.MOST_UNPACKED + 1))
    assert len(out.getvalue()) < reading.MOST_BYTES
    with pytest.raises(reading.FileTooLarge):
        reading.read(out.getvalue())


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(reading.TooManyRows):
        reading.read(("学工号\n" + "1\n" * (reading.MOST_ROWS + 1)).encode())


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


def test_a_position_needs_its_day() -> None:
    assert cells.exact_day("2013-04-01") == date(2013, 4, 1)
    with pytest.raises(CellFault):
        cells.exact_day("2013.4")


@given(st.text(max_size=30) | st.integers() | st.floats() | st.booleans() | st.none() | st.datetimes())
def test_any_cell_is_read_or_refused_in_a_sentence(cell: object) -> None:
    for read in (cells.text, cells.number, cells.day, cells.exact_day, cells.flag, cells.year):
        assert trouble(read, cell).endswith("。")


def trouble(read: Callable[[object], Any], cell: object) -> str:
    """Give what is said about a cell that cannot be read."""
    try:
        read(cell)
    except CellFault as fault:
        return str(fault)
    return "。"


@given(st.binary(max_size=400))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    for prefix in (b"", b"PK\x03\x04"):
        try:
            reading.read(prefix + content)
        except (reading.NotATable, reading.EmptyTable, reading.OldExcel):
            continue


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


def test_faulty_rows_come_back_with_what_is_wrong_and_can_be_uploaded_again() -> None:
    rows = (Row(2, {"学工号": "001", "姓名": "甲"}), Row(3, {"学工号": "002", "姓名": "乙"}))
    content = workbook.faulty(Table(("学工号", "姓名"), rows), [Fault(3, "姓名", "必须填写。"), Fault(3, "", "矛盾。")])
    again = reading.read(content)
    assert [dict(row.cells) for row in again.rows] == [
        {"学工号": "002", "姓名": "乙", TROUBLE: "“姓名”：必须填写。矛盾。"}
    ]
    assert recognised(ImportKind.PEOPLE, again.headings)[1] == ["缺少“所在党支部”一列。"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\tx"])
def test_a_text_never_becomes_a_formula(text: str) -> None:
    """requirements 4.4: formula injection."""
    content = workbook.faulty(Table(("姓名",), (Row(2, {"姓名": text}),)), [Fault(2, "姓名", "错。")])
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)
