"""Printing: Chinese in fonts that travel with the document, and nothing fetched from anywhere (requirements 4.5)."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from shared.pdf import printed


@pytest.fixture
def style(tmp_path: Path) -> Path:
    path = tmp_path / "style.css"
    path.write_text("@page { size: A5 } body { font-family: serif }", encoding="utf-8")
    return path


def test_a_page_has_the_size_and_the_words_that_it_was_given(style: Path) -> None:
    [page] = PdfReader(io.BytesIO(printed("<p>闪光言行之星：𬭎</p>", style))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (420, 595)
    assert page.extract_text().strip() == "闪光言行之星：𬭎"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:1/x.png"])
def test_nothing_is_fetched_while_printing(address: str, style: Path) -> None:
    """No document can be made to read a file or call an address."""
    with pytest.raises(FatalURLFetchingError):
        printed(f"<img src='{address}'>", style)


def test_a_style_sheet_reaches_nothing_outside_either(style: Path) -> None:
    style.write_text("body { background: url(file:///etc/hostname) }", encoding="utf-8")
    with pytest.raises(FatalURLFetchingError):
        printed("<p>正文</p>", style)


def test_a_picture_in_its_own_address_is_printed(style: Path) -> None:
    drawn = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
    assert printed(f'<img src="{drawn}">', style).startswith(b"%PDF")
