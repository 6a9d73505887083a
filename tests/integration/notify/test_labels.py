"""A scheme may call the honour otherwise: pages and papers say what the awards were called when they were given."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.integration.notify.desk import DEPARTMENT, FILER, MONDAY, Desk
from tests.university import uid

STAR, USUAL = "先锋之星", "闪光言行之星"


@pytest.fixture
def published(desk: Desk) -> str:
    """Publish an award of a scheme whose star has another name; give the filing's id."""
    desk.university.settings["labels.star"] = STAR
    desk.verify("毛建国", star_title=STAR)
    filing_id = str(desk.filing()["id"])
    desk.acknowledge()
    desk.run_deadlines(MONDAY + timedelta(days=5))
    return filing_id


@pytest.mark.parametrize("path", ["", "/screen"])
def test_the_board_and_the_screen_use_the_scheme_s_word(desk: Desk, published: str, path: str) -> None:
    """R-173, requirements 1: what things are called is a setting."""
    shown = desk.client().get(f"/notify/board/{uid('zjy')}{path}?period=2013Q1").text
    assert STAR in shown
    assert USUAL not in shown


def test_the_poster_the_text_to_copy_and_an_empty_board_use_it_too(desk: Desk, published: str) -> None:
    """R-173."""
    poster = desk.client().get(f"/notify/board/{uid('zjy')}/poster.pdf?period=2013Q1")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(poster.data)).pages)
    assert STAR in text.replace("\n", "")
    assert f"2013年第一季度“{STAR}”（按姓氏笔画为序）" in desk.client().get("/notify/board/?period=2013Q1").text


def test_the_form_and_the_summary_use_it_too(desk: Desk, published: str) -> None:
    """R-171."""
    form = desk.client(FILER).get(f"/notify/filings/{published}/form.xlsx").data
    assert load_workbook(io.BytesIO(form)).worksheets[0]["A1"].value == f"基层党组织党员“{STAR}”登记表"
    summary = desk.client(DEPARTMENT).get("/notify/filings/summary.xlsx?period=2013Q1").data
    assert load_workbook(io.BytesIO(summary)).worksheets[0]["A1"].value == f"2013年第一季度党员“{STAR}”备案汇总表"


def test_a_board_without_winners_uses_the_word_of_the_scheme_in_force(desk: Desk) -> None:
    """R-173."""
    assert f"还没有公布的“{USUAL}”" in desk.client().get(f"/notify/board/{uid('zjy')}").text
