"""Uploaded tables: what is read, and what is refused before it can do harm."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from shared import sheet

TEXT = "学工号,姓名\n001,王一鸣\n\n002,曾小明\n"


def workbook() -> bytes:
    book = Workbook()
    for row in (["学工号", "姓名"], ["001", "王一鸣"], [], ["002", "曾小明"]):
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("content", [TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.encode("gbk"), workbook()])
def test_the_same_table_is_read_from_every_form_with_its_row_numbers(content: bytes) -> None:
    """Requirements 4.4."""
    found = sheet.read(content)
    assert found.headings == ("学工号", "姓名")
    assert [(row.number, row.cells["姓名"]) for row in found.rows] == [(2, "王一鸣"), (4, "曾小明")]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", sheet.EmptyTable),
        (b"PK\x03\x04", sheet.NotATable),
        (workbook()[:900], sheet.NotATable),
        (b"\xd0\xcf\x11\xe0", sheet.OldExcel),
        (b"\xff\xfe\x00\x01", sheet.NotATable),
        (b"x" * (sheet.MOST_BYTES + 1), sheet.FileTooLarge),
        (("a\n" + "1\n" * (sheet.MOST_ROWS + 1)).encode(), sheet.TooManyRows),
    ],
)
def test_what_is_no_table_or_too_large_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        sheet.read(content)


def test_a_small_file_that_unpacks_to_much_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (sheet.MOST_UNPACKED + 1))
    with pytest.raises(sheet.FileTooLarge):
        sheet.read(stream.getvalue())
