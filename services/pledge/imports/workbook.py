"""The empty table of pledges as a workbook: notes at the headings, drop-downs, everything as text."""

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from services.pledge.imports.columns import COLUMNS
from shared.workbook import saved

ROWS = 500
_REQUIRED = PatternFill("solid", fgColor="FFF2CC")


def template() -> bytes:
    """Make the empty table."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "承诺"
    for index, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(index)
        heading = sheet.cell(1, index, column.heading)
        heading.font = Font(bold=True)
        if column.required:
            heading.fill = _REQUIRED
        if note := ("必填。" if column.required else "") + column.note:
            heading.comment = Comment(note, "闪光")
        sheet.column_dimensions[letter].width = max(12, len(column.heading) * 2 + 4)
        for row in range(2, ROWS):
            sheet.cell(row, index).number_format = "@"
        if column.choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            rule.add(f"{letter}2:{letter}{ROWS}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    return saved(book)
