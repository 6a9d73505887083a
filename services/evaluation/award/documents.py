"""The ledger and a member's stars on paper and as tables: xlsx, pdf."""

from collections.abc import Sequence
from pathlib import Path

import flask
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from services.evaluation.award.domain import Award
from services.evaluation.award.ledger import Ledger, Line, Round
from shared.directory.domain import Person
from shared.pdf import printed
from shared.web import words
from shared.workbook import put, saved

STYLE = Path(__file__).with_name("ledger.css")
HEADINGS = (
    "季度", "党支部", "会议日期", "投票", "应到会", "实到会", "列席人员", "发出选票", "收回选票", "有效票", "无效票",
    "弃权", "名额计算", "各人得票", "当选党员", "党员身份", "闪光言行", "状态", "备案号", "备案日期", "公示起",
    "公示止", "发布日期",
)  # fmt: skip
NO_AWARD = ("",) * 8
STAR_HEADINGS = ("季度", "荣誉", "闪光言行", "备案号", "发布日期")
LINE = Side(style="thin")
THIN = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
FIRST_ROW = 3


def rows(ledger: Ledger) -> list[tuple[str, ...]]:
    """Give the ledger as texts: a row per winner of every ballot, and one where nobody won (R-135)."""
    found = []
    for line in ledger.lines:
        for one in line.rounds:
            head = (*_meeting(line), *_round(line, one))
            found += [(*head, *_award(award)) for award in one.awards] or [(*head, one.outcome, *NO_AWARD)]
        if line.resolved or not line.rounds:
            blank = ["", "", "", line.observer, *[""] * 7]
            found.append((*_meeting(line), *blank, line.resolved, *NO_AWARD))
    return found


def _meeting(line: Line) -> tuple[str, ...]:
    return words.period(line.meeting.period), line.organization.name, words.day(line.meeting.held_on)


def _round(line: Line, one: Round) -> tuple[str, ...]:
    held = one.election
    numbers = [held.issued, held.returned, held.valid, held.invalid, held.abstained]
    papers = ["" if number is None else str(number) for number in numbers]
    here = (str(held.entitled), str(held.present), line.observer)
    return (held.label, *here, *papers, held.calculation, one.votes_line)


def _award(award: Award) -> tuple[str, ...]:
    return (
        award.name, award.identity, award.deed, award.state_name, award.filing_number, words.day(award.acknowledged_on),
        words.day(award.notice_starts_on), words.day(award.notice_ends_on), words.day(award.published_on),
    )  # fmt: skip


def ledger_xlsx(title: str, ledger: Ledger) -> bytes:
    """Write the ledger as a workbook."""
    return _book(title, HEADINGS, rows(ledger), ledger.ordinary_share)


def ledger_pdf(title: str, ledger: Ledger) -> bytes:
    """Print the ledger."""
    table = rows(ledger)
    return printed(
        flask.render_template("evaluation/award/paper.html", title=title, headings=HEADINGS, rows=table, ledger=ledger),
        STYLE,
    )


def stars_xlsx(person: Person, awards: Sequence[Award], star: str) -> bytes:
    """Write a member's published awards as a workbook (R-138)."""
    table = [
        (words.period(one.period), star, one.deed, one.filing_number, words.day(one.published_on)) for one in awards
    ]
    return _book(f"{person.name}（{person.number}）获评情况", STAR_HEADINGS, table, "")


def _book(title: str, headings: Sequence[str], table: Sequence[Sequence[str]], foot: str) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Worksheet = book.create_sheet("台账")
    put(sheet, 1, 1, title).font = Font(name="黑体", size=16)
    for row, texts in enumerate([headings, *table], start=FIRST_ROW):
        for column, text in enumerate(texts, start=1):
            cell = put(sheet, row, column, text)
            cell.border, cell.alignment = THIN, Alignment(wrap_text=True, vertical="center")
    for column in range(1, len(headings) + 1):
        sheet.cell(FIRST_ROW, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 16
    if foot:
        put(sheet, FIRST_ROW + len(table) + 2, 1, foot)
    sheet.freeze_panes = f"A{FIRST_ROW + 1}"
    return saved(book)
