"""Reading the State Council's list from an xlsx or csv file: columns 日期, 安排 (放假 or 上班), 说明."""

from datetime import date, datetime
from itertools import islice
from typing import Any

from services.notify.calendar.rules import Entry
from shared import sheet

WORKING = {"上班": True, "补班": True, "调休上班": True, "放假": False, "休息": False, "休": False, "班": True}
FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
MOST = 400


def read(content: bytes) -> tuple[list[Entry], list[str]]:
    """Give the entries of a file and a sentence for every line that is wrong. Raises what `shared.sheet.grid` does."""
    rows = list(islice(sheet.grid(content), MOST + 1))
    entries, faults = [], []
    for number, row in enumerate(rows, start=1):
        cells = [_text(cell) for cell in row][:3] + [""] * (3 - len(row))
        if not any(cells) or (number == 1 and cells[0] == "日期"):
            continue
        day, working = _day(cells[0]), WORKING.get(cells[1])
        if day is None:
            faults.append(f"第{number}行：日期“{cells[0][:20]}”无法识别。")
        if working is None:
            faults.append(f"第{number}行：安排须填“放假”或“上班”，不能填“{cells[1][:20]}”。")
        if day is not None and working is not None:
            entries.append(Entry(day, working, cells[2][:100]))
    if len(rows) > MOST:
        faults.append(f"最多{MOST}行。")
    return entries, faults


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
