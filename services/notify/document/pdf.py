"""HTML of our own templates → PDF, with the free CJK fonts; nothing is fetched from anywhere."""

from functools import cache
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

STYLE = Path(__file__).with_name("print.css")


class Outside(FatalURLFetchingError):  # type: ignore[misc]  # noqa: N818
    """A template asked for something outside itself: a defect."""


class Nothing(URLFetcher):  # type: ignore[misc]
    """Fetches only what stands in the address itself."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Give the content of a data address. Raises `Outside` for every other."""
        if not url.startswith("data:"):
            raise Outside(url)
        return super().fetch(url, headers)


def rendered(html: str) -> bytes:
    """Print HTML on A4 paper."""
    fonts, style = _style()
    document = HTML(string=html, url_fetcher=Nothing())
    content: bytes = document.write_pdf(stylesheets=[style], font_config=fonts, uncompressed_pdf=False)
    return content


@cache
def _style() -> tuple[FontConfiguration, CSS]:
    fonts = FontConfiguration()
    return fonts, CSS(string=STYLE.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=Nothing())
