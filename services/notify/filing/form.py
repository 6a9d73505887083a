"""The 登记表 of winners exactly as the seed's form has it (R-171, R-172), and the quarter's summary."""

from collections.abc import Iterable

import flask

from services.notify import permissions
from services.notify.document import docx, pdf, xlsx
from services.notify.filing import view
from services.notify.filing.domain import STATE_NAMES
from services.notify.filing.view import Whole
from shared.auth import Viewer
from shared.db import Connection
from shared.web import words
from shared.workbook import saved

UNIT = "填报单位党组织（盖章）："
COLUMNS = ("序号", "党员姓名", "党员身份")
REMARK = "备注：“党员身份”请填“教师”、“学生”或“离退休同志”。"


def written(filing: Whole, kind: str) -> tuple[str, bytes]:
    """Write the form as docx, pdf or xlsx; give its file name and its bytes."""
    writers = {"docx": _docx, "pdf": _pdf, "xlsx": _xlsx}
    batch = f"（第{filing.batch}批）" if filing.batch > 1 else ""
    name = f"{filing.organization}{words.period(filing.period)}党员“{filing.star}”登记表{batch}.{kind}"
    return name, writers[kind](filing, name)


def heading(filing: Whole) -> str:
    """Give the form's heading (R-171) with the honour's name."""
    return f"基层党组织党员“{filing.star}”登记表"


def rows(filing: Whole) -> list[tuple[str, str, str]]:
    """Give the table: head, then one row per winner in 姓氏笔画 order."""
    numbered = enumerate(filing.lines, start=1)
    return [COLUMNS, *((str(number), line.name, line.identity) for number, line in numbered)]


def _docx(filing: Whole, name: str) -> bytes:
    made = docx.blank(name.removesuffix(".docx"))
    docx.write(made.add_paragraph(), heading(filing), font=docx.HEADING, size=22, where="center")
    docx.write(made.add_paragraph(), UNIT + filing.organization)
    docx.table(made, rows(filing), (2.5, 6.5, 6.5))
    docx.write(made.add_paragraph(), REMARK, size=14)
    return docx.saved(made)


def _pdf(filing: Whole, _name: str) -> bytes:
    html = flask.render_template(
        "notify/filing/form.html", heading=heading(filing), unit=UNIT, remark=REMARK, filing=filing, rows=rows(filing)
    )
    return pdf.rendered(html)


def _xlsx(filing: Whole, _name: str) -> bytes:
    book, made = xlsx.sheet("登记表", (10, 24, 24))
    xlsx.band(made, 1, heading(filing), 3, size=18, where="center")
    xlsx.band(made, 2, UNIT + filing.organization, 3)
    after = xlsx.grid(made, 3, rows(filing))
    xlsx.band(made, after, REMARK, 3)
    return saved(book)


def summary(conn: Connection, viewer: Viewer, period: str) -> tuple[str, bytes]:
    """Write all filings of a quarter, a row per winner, for the department; give file name and bytes."""
    head = ("序号", "填报单位党组织", "所在党支部", "党员姓名", "党员身份", "状态", "备案号", "备案日期")
    table: list[tuple[str, ...]] = []
    stars: dict[str, None] = {}
    found = view.list_visible(conn, viewer, permissions.SUMMARIZE_FILINGS, period=period)
    forms = view.forms(conn, viewer.tenant_id, [filing.id for filing, _ in found])
    for filing, organization in found:
        stars[forms[filing.id].star] = None
        for line in forms[filing.id].lines:
            last = (STATE_NAMES[filing.state], filing.number or "", words.day(filing.acknowledged_on))
            table.append((str(len(table) + 1), organization, line.organization, line.name, line.identity, *last))
    title = f"{words.period(period)}党员{_quoted(stars)}备案汇总表"
    book, made = xlsx.sheet("备案汇总", (8, 26, 26, 14, 14, 10, 22, 18))
    xlsx.band(made, 1, title, len(head), size=16, where="center")
    xlsx.grid(made, 2, [head, *table])
    return f"{title}.xlsx", saved(book)


def _quoted(stars: Iterable[str]) -> str:
    return "".join(f"“{star}”" for star in stars)
