"""Tables → xlsx: the template with drop-downs and notes, and an uploaded table with what is wrong in it."""

from collections import defaultdict
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from services.roster.imports.columns import COLUMNS, TROUBLE
from services.roster.imports.domain import IMPORT_NAMES, Fault, ImportKind
from shared.sheet import Table
from shared.workbook import put, saved

LISTS = "选项"
ROWS = 5000
_REQUIRED = PatternFill("solid", fgColor="FFF2CC")
_FAULTY = PatternFill("solid", fgColor="F8D7DA")


def template(kind: ImportKind) -> bytes:
    """Make the empty table of a kind: notes at the headings, drop-downs, everything as text."""
    book = Workbook()
    sheet = _first(book, IMPORT_NAMES[kind])
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for index, column in enumerate(COLUMNS[kind], start=1):
        letter = get_column_letter(index)
        heading = sheet.cell(1, index, column.heading)
        heading.font = Font(bold=True)
        if column.required:
            heading.fill = _REQUIRED
        note = ("必填。" if column.required else "") + column.note
        if note:
            heading.comment = Comment(note, "闪光")
        sheet.column_dimensions[letter].width = max(12, len(column.heading) * 2 + 4)
        sheet.column_dimensions[letter].number_format = "@"
        for row in range(2, 302):
            sheet.cell(row, index).number_format = "@"
        if column.choices and column.key != "roles":
            _drop_down(sheet, lists, letter, column.choices)
    sheet.freeze_panes = "A2"
    return saved(book)


def marked(table: Table, faults: Sequence[Fault]) -> bytes:
    """Make the whole table again, its faulty rows coloured, with a column that says what is wrong.

    One fault keeps all rows out: a file of the faulty rows alone, mended and uploaded, would enter only these, and
    as a complete roster would let everybody else leave.
    """
    by_row: dict[int, list[str]] = defaultdict(list)
    for fault in faults:
        by_row[fault.row].append(f"“{fault.column}”：{fault.text}" if fault.column else fault.text)
    book = Workbook()
    sheet = _first(book, "标出错误的表")
    headings = [heading for heading in table.headings if heading != TROUBLE]
    for index, heading in enumerate([*headings, TROUBLE], start=1):
        put(sheet, 1, index, heading).font = Font(bold=True)
    for place, row in enumerate(table.rows, start=2):
        cells = [put(sheet, place, index, row.cells.get(heading)) for index, heading in enumerate(headings, start=1)]
        if row.number in by_row:
            cells.append(put(sheet, place, len(headings) + 1, "".join(by_row[row.number])))
            _mark(cells)
    sheet.column_dimensions[get_column_letter(len(headings) + 1)].width = 60
    sheet.auto_filter.ref = sheet.dimensions
    sheet.freeze_panes = "A2"
    return saved(book)


def _mark(cells: Sequence[Cell]) -> None:
    for cell in cells:
        cell.fill = _FAULTY
    cells[-1].alignment = Alignment(wrap_text=True)


def _first(book: Workbook, title: str) -> Worksheet:
    sheet = book.worksheets[0]
    sheet.title = title
    return sheet


def _drop_down(sheet: Worksheet, lists: Worksheet, letter: str, choices: Sequence[str]) -> None:
    # A list inside the rule may have 255 characters at most, so it stands on a sheet of its own.
    for row, choice in enumerate(choices, start=1):
        lists[f"{letter}{row}"] = choice
    rule = DataValidation(
        type="list",
        formula1=f"='{LISTS}'!${letter}$1:${letter}${len(choices)}",
        allow_blank=True,
        showErrorMessage=True,
    )
    rule.error = "请从下拉列表中选择。"
    rule.add(f"{letter}2:{letter}{ROWS}")
    sheet.add_data_validation(rule)
