"""Workbooks as the department prints them: a band over all columns, a ruled table."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from shared.workbook import put

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def sheet(title: str, widths: Sequence[float]) -> tuple[Workbook, Worksheet]:
    """Make a workbook of one sheet with these column widths."""
    book = Workbook()
    made = book.worksheets[0]
    made.title = title
    for number, width in enumerate(widths, start=1):
        made.column_dimensions[get_column_letter(number)].width = width
    made.page_setup.paperSize = 9
    made.page_setup.fitToHeight = 0
    return book, made


def band(made: Worksheet, row: int, text: str, columns: int, *, size: int = 12, where: str = "left") -> None:
    """Write a text over all columns of a row."""
    made.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    cell = put(made, row, 1, text)
    cell.font = Font(size=size, bold=size > 12)
    cell.alignment = Alignment(horizontal=where, vertical="center", wrap_text=True)
    made.row_dimensions[row].height = size * 2.2


def grid(made: Worksheet, row: int, rows: Sequence[Sequence[str]]) -> int:
    """Write a ruled table whose first row is its head, beginning at a row; give the row after it."""
    for offset, texts in enumerate(rows):
        for column, text in enumerate(texts, start=1):
            cell = put(made, row + offset, column, text)
            cell.border = _BOX
            cell.font = Font(bold=offset == 0)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return row + len(rows)
