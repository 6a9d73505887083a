"""Workbooks that leave the house: the cell in which a text stays a text, whatever it begins with."""

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, the moment somebody edits or copies the cell."""
_CONVERTED = (*FORMULA, "#")
"""What must not be left to the library: it takes `=1+2` for a formula and `#N/A` for an error."""


def put(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Write a value into a cell; a text stays a text and reads as it was given (requirements 4.4)."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("merged cells are not written")
    cell.value = value
    return _kept(cell) if isinstance(value, str) else cell


def line(sheet: Any, values: Iterable[Any], font: Font | None = None) -> list[Any]:
    """Give values as a line of a sheet that is only written; without a font, what nobody can mistake costs nothing."""
    return [_written(sheet, value, font) for value in values]


def saved(book: Workbook) -> bytes:
    """Give the bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(sheet: Any, value: Any, font: Font | None) -> Any:
    text = isinstance(value, str) and value.startswith(_CONVERTED)
    if not text and font is None:
        return value
    cell = WriteOnlyCell(sheet, value)
    if font is not None:
        cell.font = font
    return _kept(cell) if text else cell


def _kept(cell: Cell) -> Cell:
    cell.data_type, cell.number_format = "s", "@"
    cell.quotePrefix = str(cell.value).startswith(FORMULA)
    return cell
