"""Reading the State Council's list from an xlsx or csv file: columns 日期, 安排 (放假 or 上班), 说明."""

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from services.notify.calendar.rules import CalendarWrong, Entry

WORKING = {"上班": True, "补班": True, "调休上班": True, "放假": False, "休息": False, "休": False, "班": True}
FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
MOST = 400


def read(name: str, content: bytes) -> tuple[list[Entry], list[str]]:
    """Give the entries of a file and a sentence for every line that is wrong. Raises `CalendarWrong` if unreadable."""
    rows = _xlsx(content) if name.lower().endswith(".xlsx") else _csv(content)
    entries, faults = [], []
    for number, row in enumerate(rows[: MOST + 1], start=1):
        cells = [_text(cell) for cell in row][:3] + [""] * (3 - len(row))
        if not any(cells) or (number == 1 and cells[0] == "日期"):
            continue
        day, working = _day(cells[0]), WORKING.get(cells[1])
        if day is None:
            faults.append(f"第 {number} 行：日期“{cells[0][:20]}”无法识别。")
        if working is None:
            faults.append(f"第 {number} 行：安排须填“放假”或“上班”，不能填“{cells[1][:20]}”。")
        if day is not None and working is not None:
            entries.append(Entry(day, working, cells[2][:100]))
    if len(rows) > MOST:
        faults.append(f"最多 {MOST} 行。")
    return entries, faults


def _xlsx(content: bytes) -> list[tuple[Any, ...]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return list(sheet.iter_rows(max_row=MOST + 2, max_col=3, values_only=True))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise CalendarWrong(details=["无法读取 xlsx 文件。"]) from error


def _csv(content: bytes) -> list[tuple[Any, ...]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return [tuple(row) for row in csv.reader(io.StringIO(content.decode(encoding)))]
        except (UnicodeDecodeError, csv.Error):
            continue
    raise CalendarWrong(details=["无法读取文件，请用 xlsx，或 UTF-8、GBK 编码的 csv。"])


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    return "" if cell is None else str(cell).strip()


def _day(text: str) -> date | None:
    for form in FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
    return None
