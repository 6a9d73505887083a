"""A notice on paper: docx and pdf in the manner of official papers, and an A4 poster (requirements 2.4, 4.5)."""

import flask
import segno
from flask import Response

from services.notify.document import docx, files, pdf
from services.notify.notice.view import Shown
from shared import config
from shared.web import words

COLUMNS = ("序号", "姓名", "所在党支部")
ORDER = "（按姓氏笔画为序）"


def written(notice: Shown, kind: str) -> tuple[str, bytes]:
    """Write a notice as docx or pdf; give file name and bytes."""
    name = f"{notice.organization}{notice.heading}.{kind}"
    return name, _docx(notice) if kind == "docx" else _pdf(notice, poster=False)


def sent(notice: Shown, kind: str) -> Response:
    """Send a notice as docx or pdf, or as a poster."""
    return files.public(
        (kind, config.base_url(), notice), lambda: poster(notice) if kind == "poster" else written(notice, kind)
    )


def poster(notice: Shown) -> tuple[str, bytes]:
    """Write a notice in large type for the wall; give file name and bytes."""
    return f"{notice.organization}{notice.heading}（张贴版）.pdf", _pdf(notice, poster=True)


def paragraphs(notice: Shown) -> tuple[list[str], list[str]]:
    """Give what stands before and after the table of names."""
    kind = "公示" if notice.ends_on else "公布"
    before = [
        f"根据{notice.document}，经党支部无记名投票评选、资格核实并报党委组织部备案，现将{notice.organization}"
        f"{words.period(notice.period)}评选结果予以{kind}。{ORDER}"
    ]
    if notice.ends_on is None:
        return before, []
    after = [
        f"公示期为{notice.counting}。",
        "公示期内，如对以上人员有异议，请以书面或网上方式向党委组织部反映。提倡实名反映，我们将为反映人保密。",
    ]
    return before, after


def contacts(notice: Shown) -> list[str]:
    """Give the lines with whom to speak to."""
    pairs = [("联系人", "党委组织部"), ("联系电话", notice.phone), ("意见箱", notice.address)]
    return [f"{title}：{text}" for title, text in pairs if text]


def rows(notice: Shown) -> list[tuple[str, str, str]]:
    """Give the table of names with its head."""
    numbered = enumerate(notice.names, start=1)
    return [COLUMNS, *((str(number), item.name, item.organization) for number, item in numbered)]


def form_address(notice: Shown) -> str:
    """Give the address of the objection form."""
    return f"{config.base_url()}/notify/notices/{notice.id}#objection"


def code(address: str) -> str:
    """Draw an address as a QR code without inline styles."""
    drawn: str = segno.make(address, micro=False).svg_inline(scale=3, border=2)
    return drawn


def _docx(notice: Shown) -> bytes:
    made = docx.blank(notice.heading)
    docx.write(made.add_paragraph(), notice.heading, font=docx.HEADING, size=22, where="center")
    before, after = paragraphs(notice)
    for text in before:
        docx.write(made.add_paragraph(), f"\u3000\u3000{text}")
    docx.table(made, rows(notice), (2.5, 4.5, 8.5))
    for text in [*after, *contacts(notice)]:
        docx.write(made.add_paragraph(), f"\u3000\u3000{text}")
    for text in (notice.issuer, "党委组织部", words.day(notice.posted_on)):
        docx.write(made.add_paragraph(), text, where="right")
    return docx.saved(made)


def _pdf(notice: Shown, *, poster: bool) -> bytes:
    before, after = paragraphs(notice)
    html = flask.render_template(
        "notify/notice/sheet.html",
        notice=notice,
        before=before,
        after=after,
        contacts=contacts(notice),
        rows=rows(notice),
        poster=poster,
        code=code(form_address(notice)) if notice.ends_on else "",
    )
    return pdf.rendered(html)
