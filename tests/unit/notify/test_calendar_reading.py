"""The State Council's list from files as people have them."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from services.notify.calendar import reading, rules
from services.notify.calendar.rules import CalendarWrong, Entry
from shared.errors import Invalid

TEXT = "日期,安排,说明\n2027-01-01,放假,元旦\n2027年2月6日,上班,春节调休\n"
EXPECTED = [Entry(date(2027, 1, 1), False, "元旦"), Entry(date(2027, 2, 6), True, "春节调休")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_csv_is_read_in_every_encoding_that_excel_writes(encoding: str) -> None:
    """R-173."""
    assert reading.read(TEXT.encode(encoding)) == (EXPECTED, [])


def test_a_workbook_is_read_with_real_dates_and_with_texts() -> None:
    """R-173."""
    book = Workbook()
    sheet = book.worksheets[0]
    rows: list[list[Any]] = [
        ["日期", "安排", "说明"],
        [date(2027, 1, 1), "放假", "元旦"],
        ["2027/2/6", "上班", "春节调休"],
    ]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    assert reading.read(out.getvalue()) == (EXPECTED, [])


def test_every_wrong_line_is_named() -> None:
    """R-173."""
    entries, faults = reading.read("2027-13-01,放假,\n2027-01-02,也许,\n\n2027-01-03,放假,".encode())
    assert [entry.day for entry in entries] == [date(2027, 1, 3)]
    assert faults == [
        "第1行：日期“2027-13-01”无法识别。",
        "第2行：安排须填“放假”或“上班”，不能填“也许”。",
    ]


@pytest.mark.parametrize("content", [b"\xff\xff\xff\x00broken", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old"])
def test_a_broken_file_is_refused(content: bytes) -> None:
    """R-173."""
    with pytest.raises(Invalid):
        reading.read(content)


def test_a_list_longer_than_a_year_is_refused_without_being_read_to_its_end() -> None:
    """R-173."""
    _, faults = reading.read("2027-01-01,放假,\n".encode() * (reading.MOST + 1))
    assert faults == ["最多400行。"]


def test_a_day_named_twice_and_an_empty_list_are_refused() -> None:
    """R-173."""
    with pytest.raises(CalendarWrong) as twice:
        rules.check([EXPECTED[0], EXPECTED[0]])
    assert twice.value.details == ["2027-01-01 出现了不止一次。"]
    with pytest.raises(CalendarWrong) as empty:
        rules.check([])
    assert empty.value.details == ["没有任何日期。"]
    rules.check(EXPECTED)
    with pytest.raises(CalendarWrong) as both:
        rules.check([*EXPECTED[::-1], *EXPECTED[::-1]], faults=["第3行：日期无法识别。"])
    assert both.value.details == [
        "第3行：日期无法识别。",
        "2027-01-01 出现了不止一次。",
        "2027-02-06 出现了不止一次。",
    ]
    with pytest.raises(CalendarWrong) as unread:
        rules.check([], faults=["第1行：日期无法识别。"])
    assert unread.value.details == ["第1行：日期无法识别。"], "a list of which nothing could be read is not empty"
