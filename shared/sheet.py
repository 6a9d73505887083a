"""Uploaded tables: xlsx and csv within limits, read into rows; everything else is refused in a sentence."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

from shared.errors import Invalid, Refusal, TooLarge

MOST_BYTES = 10 * 2**20
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_UNPACKED = 150 * 2**20
"""A workbook of 20,000 full rows unpacks to some 60 MB; a zip bomb to gigabytes."""
MOST_BLANK = 5_000
"""After so many empty rows the table is over, whatever size the sheet claims."""


@dataclass(frozen=True)
class Row:
    """A row of the table, by its number in the file, with its cells by heading."""

    number: int
    cells: Mapping[str, object]


@dataclass(frozen=True)
class Table:
    """A table as it stood in the file: headings in their order, and every row that is not empty."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


class NotATable(Invalid):
    """无法读取文件，请上传 Excel 工作簿（.xlsx）或 CSV 文件。"""


class OldExcel(Invalid):
    """这是旧版 Excel（.xls）文件，请在 Excel 中另存为 .xlsx 后再上传。"""


class EmptyTable(Invalid):
    """文件中没有数据。第一行应为列名，从第二行起每行一条。"""


class TooManyRows(TooLarge):
    """一次最多导入20000行，请分成几个文件。"""


class FileTooLarge(TooLarge):
    """文件太大，最多 10 MB。"""


def read(content: bytes, *, titled: bool = False) -> Table:
    """Read a file's first sheet; `titled`: a line of a single cell above the headings is a title.

    Raises `NotATable`, `OldExcel`, `EmptyTable`, `TooManyRows`, `FileTooLarge`.
    """
    lines = grid(content)
    try:
        return _table(_untitled(lines) if titled else lines)
    except EmptyTable:
        if content and not content.startswith(b"PK"):
            raise EmptyTable(details=["这个文件不是 Excel 工作簿；按文本（CSV）读，也没有数据行。"]) from None
        raise


def grid(content: bytes) -> Iterator[tuple[Any, ...]]:
    """Give the lines of a file's first sheet as they stand, empty ones too. Raises what `read` does but `EmptyTable`.

    A damaged part may only be found on the way: what was given before a refusal is not to be kept.
    """
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldExcel
    return _workbook(content) if content.startswith(b"PK") else _csv(content)


def _table(lines: Iterable[tuple[Any, ...]]) -> Table:
    headings: tuple[str, ...] = ()
    rows: list[Row] = []
    blank = 0
    for number, cells in enumerate(lines, start=1):
        if not any(_filled(cell) for cell in cells):
            blank += 1
            if blank > MOST_BLANK:
                break
            continue
        blank = 0
        if not headings:
            headings = _headings(cells)
            continue
        if len(rows) == MOST_ROWS:
            raise TooManyRows
        named = zip(headings, cells, strict=False)
        rows.append(Row(number, {heading: cell for heading, cell in named if heading}))
    if not rows:
        raise EmptyTable
    return Table(tuple(filter(None, headings)), tuple(rows))


def _untitled(lines: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Give a title as an empty line, so that rows keep their numbers in the file."""
    begun = False
    for cells in lines:
        alone = not begun and sum(_filled(cell) for cell in cells) == 1
        begun = begun or (not alone and any(_filled(cell) for cell in cells))
        yield () if alone else cells


def _headings(cells: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(str(cell).strip() if _filled(cell) else "" for cell in cells)


def _filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def _workbook(content: bytes) -> Iterator[tuple[Any, ...]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise FileTooLarge
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    except Refusal:
        raise
    except Exception as error:
        # A damaged workbook makes its readers stumble in ways that none of them names: zip, zlib, two XML parsers,
        # and openpyxl over whatever is missing. None of it is a fault of ours; what is, the tests of whole files find.
        raise NotATable from error


def _csv(content: bytes) -> Iterator[tuple[Any, ...]]:
    text = _decoded(content)
    if "\0" in text:
        raise NotATable
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield tuple(cells[:MOST_COLUMNS])
    except csv.Error as error:
        raise NotATable(details=["CSV 的引号或换行不成对。"]) from error


def _decoded(content: bytes) -> str:
    # Excel saves CSV as GBK on Chinese Windows. Guessing by statistics fails on short tables, so strictly one by one.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable(details=["文字编码应为 UTF-8 或 GBK。"])
