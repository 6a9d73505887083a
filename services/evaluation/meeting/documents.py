"""Minutes on paper: PDF and Word."""

import io
from pathlib import Path

import docx
import flask
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from services.evaluation.meeting.minutes import Minutes
from shared.pdf import printed

STYLE = Path(__file__).with_name("minutes.css")
BODY, HEAD = "仿宋", "黑体"


def pdf(minutes: Minutes) -> bytes:
    """Print minutes as PDF."""
    return printed(flask.render_template("evaluation/meeting/paper.html", minutes=minutes), STYLE)


def word(minutes: Minutes) -> bytes:
    """Write minutes as a Word document, to be signed and sealed."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for line in minutes.heading:
        _paragraph(document, line, HEAD, 20).alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for term, text in minutes.facts:
        if text:
            cells = table.add_row().cells
            cells[0].width, cells[1].width = Mm(36), Mm(120)
            _run(cells[0].paragraphs[0], term, HEAD, 12)
            _run(cells[1].paragraphs[0], text, BODY, 12)
    for part in minutes.sections:
        _paragraph(document, part.title, HEAD, 14)
        for line in part.lines:
            _paragraph(document, line, BODY, 14).paragraph_format.first_line_indent = Pt(28)
    for sign in minutes.signatures:
        _paragraph(document, f"{sign}（签字）：＿＿＿＿＿＿＿＿", BODY, 14)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _paragraph(document: Document, text: str, font: str, size: int) -> Paragraph:
    paragraph = document.add_paragraph()
    _run(paragraph, text, font, size)
    return paragraph


def _run(paragraph: Paragraph, text: str, font: str, size: int) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    # Word takes Chinese characters from the East Asian font only.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
