"""The 登记表 exactly as the seed's form has it, and the notice on paper."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from services.notify.notice import sheet, store, view
from tests.integration.notify.desk import DEPARTMENT, FILER, Desk

HEADING = "基层党组织党员“闪光言行之星”登记表"
UNIT = "填报单位党组织（盖章）：金融学院党总支"
REMARK = "备注：“党员身份”请填“教师”、“学生”或“离退休同志”。"
TABLE = [["序号", "党员姓名", "党员身份"], ["1", "毛建国", "教师"], ["2", "𬭎阿卜杜热西提·买买提", "离退休同志"]]


@pytest.fixture
def form(desk: Desk) -> Callable[[str], bytes]:
    """Give a reader of the form of a filing with two winners, one of a rare character and a long name."""
    desk.verify("方佳", name="𬭎阿卜杜热西提·买买提", identity="离退休同志")
    desk.verify("毛建国")
    path = f"/notify/filings/{desk.filing()['id']}/form."

    def read(kind: str) -> bytes:
        answer = desk.client(FILER).get(path + kind)
        assert answer.status_code == 200
        api = desk.client(FILER).get(path.replace("/notify/", "/notify/api/") + kind)
        assert (api.status_code, api.mimetype) == (200, answer.mimetype)
        return bytes(answer.data)

    return read


def test_the_docx_holds_the_heading_the_unit_three_columns_and_the_remark_and_nothing_else(
    form: Callable[[str], bytes],
) -> None:
    """R-171, R-172."""
    document = docx.Document(io.BytesIO(form("docx")))
    assert [paragraph.text for paragraph in document.paragraphs] == [HEADING, UNIT, REMARK]
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == TABLE


def test_every_run_of_the_docx_names_its_chinese_font(form: Callable[[str], bytes]) -> None:
    """R-171: without w:eastAsia Chinese falls to the Latin font (requirements 4.5)."""
    document = docx.Document(io.BytesIO(form("docx")))
    body = document.element.body
    named = {fonts.get(qn("w:eastAsia")) for fonts in body.iter(qn("w:rFonts"))}
    assert named == {"方正小标宋简体", "仿宋_GB2312"}
    assert len(list(body.iter(qn("w:r")))) == len(list(body.iter(qn("w:rFonts"))))


def test_the_xlsx_holds_the_same_as_text_cells(form: Callable[[str], bytes]) -> None:
    """R-171, R-172."""
    [sheet] = load_workbook(io.BytesIO(form("xlsx"))).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [rows[0][0], rows[1][0], rows[-1][0]] == [HEADING, UNIT, REMARK]
    assert rows[2:-1] == TABLE
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_the_pdf_is_one_page_of_a4_with_its_fonts_embedded(form: Callable[[str], bytes]) -> None:
    """R-171."""
    [page] = PdfReader(io.BytesIO(form("pdf"))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    text = "".join(page.extract_text().split())
    assert text.startswith(HEADING + UNIT)
    assert "序号党员姓名党员身份1毛建国教师2𬭎阿卜杜热西提·买买提离退休同志" in text
    assert text.endswith(REMARK)
    assert _embedded(page)


def _embedded(page: Any) -> bool:
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    descriptors = [inner.get_object()["/FontDescriptor"] for font in fonts for inner in font["/DescendantFonts"]]
    return bool(fonts) and all({"/FontFile2", "/FontFile3"} & set(found.get_object()) for found in descriptors)


def test_a_name_that_would_be_a_formula_stays_a_text(desk: Desk) -> None:
    """R-171: what a spreadsheet would run is neutralised (requirements 4.4)."""
    desk.verify(name="=HYPERLINK(1)")
    content = desk.client(FILER).get(f"/notify/filings/{desk.filing()['id']}/form.xlsx").data
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["B4"]
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == ("=HYPERLINK(1)", "s", True)


def test_markup_in_a_name_breaks_no_document(desk: Desk) -> None:
    """R-171."""
    desk.verify(name="毛<b>&国")
    path = f"/notify/filings/{desk.filing()['id']}/form."
    document = docx.Document(io.BytesIO(desk.client(FILER).get(path + "docx").data))
    assert document.tables[0].rows[1].cells[1].text == "毛<b>&国"
    [page] = PdfReader(io.BytesIO(desk.client(FILER).get(path + "pdf").data)).pages
    assert "毛<b>&国" in page.extract_text()


def test_the_summary_names_winner_branch_number_and_date(desk: Desk) -> None:
    """R-170."""
    desk.posted("毛建国")
    content = desk.client(DEPARTMENT).get("/notify/filings/summary.xlsx?period=2013Q1").data
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()]
    assert rows[0][0] == "2013年第一季度党员“闪光言行之星”备案汇总表"
    number, date = "组备〔2013〕1号", "2013年4月8日"
    assert rows[2] == ["1", "金融学院党总支", "金融学院教工党支部", "毛建国", "教师", "已备案", number, date]


def test_the_notice_on_paper_says_what_a_notice_must(desk: Desk) -> None:
    """R-173, requirements 2.4: heading, basis, persons, period, contact, signature and date."""
    notice_id, _ = desk.posted("方佳", "毛建国")
    document = docx.Document(io.BytesIO(desk.client().get(f"/notify/notices/{notice_id}/notice.docx").data))
    texts = [paragraph.text.strip("\u3000") for paragraph in document.paragraphs]
    assert texts[0] == "2013年第一季度党员“闪光言行之星”评选结果公示"
    assert "根据示例党〔2013〕1号" in texts[1]
    assert "公示期为5个工作日：2013年4月8日至4月12日。" in texts
    assert {"联系电话：0571-86730000", "意见箱：行政楼一楼意见箱"} <= set(texts)
    assert any("提倡实名反映" in text for text in texts)
    assert texts[-3:] == ["中共浙江示例学院委员会", "党委组织部", "2013年4月8日"]
    names = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert names[1:] == [["1", "毛建国", "金融学院教工党支部"], ["2", "方佳", "金融学院教工党支部"]]


@pytest.mark.parametrize("paper", ["notice.pdf", "poster.pdf"])
def test_a_short_notice_fits_on_one_sheet(desk: Desk, paper: str) -> None:
    """R-173."""
    notice_id, _ = desk.posted("方佳", "毛建国")
    [page] = PdfReader(io.BytesIO(desk.client().get(f"/notify/notices/{notice_id}/{paper}").data)).pages
    assert "5个工作日：2013年4月8日至4月12日" in "".join(page.extract_text().split())


def test_who_signs_a_notice_never_stands_on_a_page_alone(desk: Desk) -> None:
    """R-173: however many names there are, the signature has the contact beside it."""
    for number in range(7):
        desk.verify("毛建国", name=f"党员{number}")
    notice_id = UUID(desk.acknowledge()["notice_id"])
    with desk.service.app.test_request_context(), desk.service.connect() as conn:
        notice = view.shown(conn, store.find(conn, notice_id), date(2013, 4, 8))
        for number in range(1, 8):
            _, content = sheet.written(replace(notice, names=notice.names[:number]), "pdf")
            last = PdfReader(io.BytesIO(content)).pages[-1].extract_text()
            assert "联系电话" in last
            assert "中共浙江示例学院委员会" in "".join(last.split())


def test_a_long_form_repeats_its_head_and_loses_nobody(desk: Desk) -> None:
    """R-171."""
    for number in range(60):
        desk.verify("毛建国", name=f"党员{number:02}")
    content = desk.client(FILER).get(f"/notify/filings/{desk.filing()['id']}/form.pdf").data
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert len(pages) > 1
    assert all("党员姓名" in page for page in pages)
    assert all(f"党员{number:02}" in "".join(pages) for number in range(60))
