"""Word documents in the manner of official papers; fonts are named, so that the reader's own Word finds them."""

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

HEADING = "方正小标宋简体"
BODY = "仿宋_GB2312"


def blank(title: str) -> Document:
    """Make an empty A4 document with the official margins; `title` goes into its properties only."""
    made = docx.Document()
    made.core_properties.title = title
    made.core_properties.author = ""
    made.core_properties.comments = ""
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    _name_font(made.styles["Normal"].element.get_or_add_rPr(), BODY)
    return made


def write(
    paragraph: Paragraph, text: str, *, font: str = BODY, size: float = 16, bold: bool = False, where: str = "left"
) -> Paragraph:
    """Write a text into a paragraph; `where` is left, center or right."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.bold = bold
    _name_font(run._element.get_or_add_rPr(), font)
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, where.upper())
    return paragraph


def table(made: Document, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """Add a ruled table whose first row is its head; it is repeated on every page."""
    grid = made.add_table(rows=0, cols=len(widths), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for number, row in enumerate(rows):
        added = grid.add_row()
        if number == 0:
            added._tr.get_or_add_trPr().append(added._tr.makeelement(qn("w:tblHeader"), {}))
        for cell, text, width in zip(added.cells, row, widths, strict=True):
            cell.width = Cm(width)
            write(cell.paragraphs[0], text, size=14, bold=number == 0, where="center")


def saved(made: Document) -> bytes:
    """Give the bytes of a document."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _name_font(properties: object, font: str) -> None:
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for key in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(key), font)
