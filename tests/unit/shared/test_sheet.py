"""Uploaded tables: what is read, and what is refused before it can do harm (requirements 4.4)."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from shared import sheet


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
    table = sheet.read(TEXT.encode(encoding))
    assert table.headings == ("学工号", "姓名")
    assert [(row.number, row.cells["姓名"]) for row in table.rows] == [(2, "王一鸣"), (4, "曾小明")]


def test_pasted_text_with_tabs_is_read_too() -> None:
    assert sheet.read(TEXT.replace(",", "\t").encode()).rows[0].cells == {"学工号": "001", "姓名": "王一鸣"}


def test_rare_characters_survive_gb18030() -> None:
    assert sheet.read("姓名\n王\U0002c34e\n".encode("gb18030")).rows[0].cells["姓名"] == "王\U0002c34e"


def test_a_workbook_is_read_with_its_row_numbers() -> None:
    table = sheet.read(book([], ["学工号", "姓名"], ["001", "王一鸣"], [None, " "], ["002", "曾小明"]))
    assert [row.number for row in table.rows] == [3, 5]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", sheet.EmptyTable),
        ("学工号,姓名\n".encode(), sheet.EmptyTable),
        (b"PK\x03\x04 not really", sheet.NotATable),
        (b"\xd0\xcf\x11\xe0 old", sheet.OldExcel),
        (b"\x89PNG\r\n\x1a\n\x00\xff\xfe", sheet.NotATable),
        (b'a,b\n"open', sheet.NotATable),
        (b"x" * (sheet.MOST_BYTES + 1), sheet.FileTooLarge),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        sheet.read(content)


def test_a_broken_workbook_is_refused() -> None:
    whole = book(["学工号", "姓名"], ["001", "王一鸣"])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            made.writestr(name, data[: len(data) // 2] if name.startswith("xl/worksheets") else data)
    for content in (whole[: len(whole) // 2], out.getvalue()):
        with pytest.raises(sheet.NotATable):
            sheet.read(content)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (sheet.MOST_UNPACKED + 1))
    assert len(out.getvalue()) < sheet.MOST_BYTES
    with pytest.raises(sheet.FileTooLarge):
        sheet.read(out.getvalue())


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(sheet.TooManyRows):
        sheet.read(("学工号\n" + "1\n" * (sheet.MOST_ROWS + 1)).encode())


@given(st.binary(max_size=400))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    for prefix in (b"", b"PK\x03\x04"):
        try:
            sheet.read(prefix + content)
        except (sheet.NotATable, sheet.EmptyTable, sheet.OldExcel):
            continue
