"""Uploaded tables: what is read, and what is refused before it can do harm (requirements 4.4)."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from shared import sheet
from shared.workbook import saved
from tests import broken_files
from tests.broken_files import workbook as book

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


WHOLE = book(["学工号", "姓名", "日期"], ["001", "王一鸣", 41365], ["002", "曾小明", 2013.1])


def refused(content: bytes) -> bool:
    """Read a file; a refusal is well, every other error is not."""
    try:
        sheet.read(content)
    except (sheet.NotATable, sheet.EmptyTable, sheet.TooManyRows, sheet.FileTooLarge):
        return True
    return False


def test_a_workbook_with_flipped_bytes_is_read_or_refused() -> None:
    """Requirements 4.4: zip, zlib and two XML parsers each fail in their own way."""
    outcomes = [refused(content) for content in broken_files.flipped(WHOLE, 300)]
    assert outcomes.count(True) > 100


def test_a_sound_zip_with_a_damaged_part_is_read_or_refused() -> None:
    """Requirements 4.4: so do openpyxl and what it parses; entities are never expanded."""
    outcomes = [refused(content) for content in broken_files.damaged_inside(WHOLE, 150)]
    assert outcomes.count(True) > 50


def test_a_workbook_cut_off_anywhere_is_refused() -> None:
    """Requirements 4.4."""
    assert all(refused(content) for content in broken_files.cut(WHOLE, 40))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    """Requirements 4.4."""
    bomb = broken_files.bomb(sheet.MOST_UNPACKED + 1)
    assert len(bomb) < sheet.MOST_BYTES
    with pytest.raises(sheet.FileTooLarge):
        sheet.read(bomb)


def test_lines_are_given_as_they_stand_where_a_table_needs_no_headings() -> None:
    """R-173."""
    first, second = sheet.grid(book([], ["2027-01-01", "放假"]))
    assert not any(first)
    assert second[:2] == ("2027-01-01", "放假")


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


def test_a_table_of_exactly_what_is_allowed_is_read() -> None:
    """Requirements 4.4."""
    full = "学工号\n" + "1\n" * sheet.MOST_ROWS
    assert len(sheet.read(full.encode()).rows) == sheet.MOST_ROWS
    padded = TEXT.encode() + b"\n" * (sheet.MOST_BYTES - len(TEXT.encode()))
    assert len(sheet.read(padded).rows) == 2


def test_empty_lines_end_a_table_only_after_very_many() -> None:
    few, many = (f"学工号\n1\n{chr(10) * blank}2\n" for blank in (sheet.MOST_BLANK, sheet.MOST_BLANK + 1))
    assert [row.number for row in sheet.read(few.encode()).rows] == [2, sheet.MOST_BLANK + 3]
    assert [row.number for row in sheet.read(many.encode()).rows] == [2]


@pytest.mark.parametrize("make", [lambda *lines: book(*lines), lambda *lines: _csv(*lines)])
def test_columns_beyond_the_hundredth_and_those_without_a_heading_are_left(make: Callable[..., bytes]) -> None:
    """Requirements 4.4."""
    headings = [f" 列{at} " if at != 3 else "" for at in range(1, 103)]
    table = sheet.read(make(headings, list(map(str, range(1, 103)))))
    assert len(table.headings) == sheet.MOST_COLUMNS - 1
    assert (table.headings[0], table.headings[-1]) == ("列1", "列100")
    assert (table.rows[0].cells["列100"], "" in table.rows[0].cells) == ("100", False)


def _csv(*lines: list[str]) -> bytes:
    return "\n".join(",".join(line) for line in lines).encode()


def test_the_headings_say_what_parts_the_cells() -> None:
    table = sheet.read("学工号;备注\n001;一,二,三,四\n".encode())
    assert table.rows[0].cells == {"学工号": "001", "备注": "一,二,三,四"}


def test_a_formula_is_not_read_as_its_text() -> None:
    """Requirements 4.4: what it came to, or nothing where no program worked it out."""
    assert sheet.read(book(["学工号", "备注"], ["001", "=1+2"])).rows[0].cells == {"学工号": "001", "备注": None}


def test_the_first_sheet_of_several_is_the_table() -> None:
    made = load_workbook(io.BytesIO(book(["学工号"], ["001"])))
    made.create_sheet("说明").append(["填写说明"])
    assert sheet.read(saved(made)).headings == ("学工号",)


def test_a_text_with_zero_bytes_is_no_table() -> None:
    with pytest.raises(sheet.NotATable):
        sheet.read("学工号\n00\x001\n".encode())


def test_a_title_above_the_headings_is_passed_over_where_one_may_stand() -> None:
    """Requirements 4.4: rows keep their numbers; a line of one cell below the headings is a row."""
    lines: tuple[list[str], ...] = (["承诺登记表"], [], ["学工号", "姓名"], ["001", "王一鸣"], ["002", ""])
    table = sheet.read(book(*lines), titled=True)
    assert table.headings == ("学工号", "姓名")
    assert [(row.number, row.cells["学工号"]) for row in table.rows] == [(4, "001"), (5, "002")]
    assert sheet.read(book(*lines)).headings == ("承诺登记表",)


def test_what_is_no_workbook_is_said_to_be_read_as_text() -> None:
    for content, details in ((b"abc", 1), (b"", 0), (book(["学工号"]), 0)):
        with pytest.raises(sheet.EmptyTable) as refused:
            sheet.read(content)
        assert len(refused.value.details) == details
