"""The ledger as a workbook, written row by row into a file, and on paper for what a person can read."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import IO, Any

import flask
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from services.pledge.ledger.domain import Line
from services.pledge.pledge.domain import FORM_NAMES, KIND_NAMES, VERSION_NAMES, PledgeState
from shared.errors import RuleBroken
from shared.pdf import printed
from shared.web import words

STYLE = Path(__file__).with_name("ledger.css")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    "序号", "党组织", "承诺人", "学工号", "承诺方式", "种类", "年度", "一句话承诺", "承诺事项", "状态", "提交日期",
    "公示日期", "备注",
)  # fmt: skip
WIDTHS = (6, 22, 12, 14, 16, 10, 8, 44, 60, 16, 14, 14, 24)
MOST_PRINTED = 1000


class TooManyToPrint(RuleBroken):
    """台账超过1000条，不宜打印；请按党支部打印，或下载 Excel。"""


def row(place: int, line: Line) -> tuple[Any, ...]:
    """Write a line as the cells under `HEADINGS`."""
    marks = {
        "逾期提出": line.late,
        "口头承诺": line.oral,
        f"代为录入：{line.entry_reason}": bool(line.entry_reason),
        f"向{line.community}承诺": bool(line.community),
    }
    state = "已办结" if line.state is PledgeState.CLOSED else VERSION_NAMES[line.version_state]
    return (
        place, line.organization, line.name, line.number, FORM_NAMES[line.form], KIND_NAMES[line.kind], line.year,
        line.headline, line.items, state, words.day(line.submitted_at), words.day(line.published_at),
        "；".join(mark for mark, true in marks.items() if true),
    )  # fmt: skip


def write_xlsx(target: IO[bytes], title: str, lines: Iterable[Line]) -> None:
    """Write the ledger row by row: memory does not grow with it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("承诺台账")
    sheet.freeze_panes = "A3"
    for column, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJKLM"[column]].width = width
    head = [WriteOnlyCell(sheet, text) for text in (title, *HEADINGS)]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head[:1])
    sheet.append(head[1:])
    for place, line in enumerate(lines, 1):
        sheet.append([_cell(sheet, value) for value in row(place, line)])
    book.save(target)


def _cell(sheet: Any, value: Any) -> Any:
    """Keep a text that begins like a formula a text."""
    if not isinstance(value, str) or not value.startswith(("=", "+", "-", "@")):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type, cell.quotePrefix = "s", True
    return cell


def print_pdf(title: str, lines: Iterable[Line]) -> bytes:
    """Print the ledger. Raises `TooManyToPrint`."""
    some = list(islice(lines, MOST_PRINTED + 1))
    if len(some) > MOST_PRINTED:
        raise TooManyToPrint
    rows = [row(place, line) for place, line in enumerate(some, 1)]
    html = flask.render_template("pledge/ledger/paper.html", title=title, headings=HEADINGS, rows=rows)
    return printed(html, STYLE)
