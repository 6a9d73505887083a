"""The annual sheet as Word and PDF, and the results of an occasion as a table."""

import io
from collections.abc import Sequence
from pathlib import Path

import docx
import flask
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from openpyxl import Workbook
from openpyxl.styles import Font

from services.pledge.appraisal.domain import Row
from services.pledge.sheet.content import Sheet
from shared import workbook
from shared.pdf import printed

STYLE = Path(__file__).with_name("sheet.css")
BODY, HEAD = "仿宋", "黑体"
COLUMNS = ("承诺事项", "完成时限", "结果", "本人说明")
WIDTHS = (Mm(66), Mm(32), Mm(32), Mm(44))
RESULTS = ("姓名（党组织）", "编号", "一句话承诺", "完成项数", "应完成项数", "评定")


def pdf(sheet: Sheet) -> bytes:
    """Print a sheet."""
    return printed(flask.render_template("pledge/sheet/paper.html", sheet=sheet, columns=COLUMNS), STYLE)


def word(sheet: Sheet) -> bytes:
    """Write a sheet as a Word document, to be signed and sealed."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, sheet.title, HEAD, 18)
    _pairs(document, sheet.facts)
    document.add_paragraph()
    _matters(document, sheet.matters)
    document.add_paragraph()
    _pairs(document, sheet.rows)
    for sign in sheet.signatures:
        _run(document.add_paragraph(), f"{sign}（签字）：＿＿＿＿＿＿　　　　年　　月　　日", BODY, 12)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _pairs(document: Document, pairs: Sequence[tuple[str, str]]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for term, text in pairs:
        left, right = table.add_row().cells
        left.width, right.width = Mm(32), Mm(142)
        _write(left, term, HEAD)
        _write(right, text, BODY)


def _matters(document: Document, rows: Sequence[tuple[str, ...]]) -> None:
    table = document.add_table(rows=0, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    for place, row in enumerate([COLUMNS, *rows]):
        for cell, text, width in zip(table.add_row().cells, row, WIDTHS, strict=True):
            cell.width = width
            _write(cell, text, BODY if place else HEAD)


def _write(cell: _Cell, text: str, font: str) -> None:
    for place, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _run(paragraph, line, font, 11)


def _run(paragraph: Paragraph, text: str, font: str, size: int) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    # Word takes Chinese characters from the East Asian font only.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def results(title: str, rows: Sequence[Row]) -> bytes:
    """Write the results of an occasion as a table for 民主评议 and 评先评优 (R-099), in 姓氏笔画 order."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("评议结果")
    for letter, width in zip("ABCDEF", (22, 14, 60, 10, 12, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    font = Font(name="宋体")
    sheet.append(workbook.line(sheet, [title], font))
    sheet.append(workbook.line(sheet, RESULTS, font))
    for row in rows:
        cells = (row.name, row.number, row.headline, row.done, row.total, row.grade or "")
        sheet.append(workbook.line(sheet, cells, font))
    return workbook.saved(book)
