"""Paper: HTML of our own templates → PDF with the free CJK fonts; nothing is fetched from anywhere."""

from functools import cache
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher


class Outside(FatalURLFetchingError):  # type: ignore[misc]  # noqa: N818
    """A template asked for something outside itself: a defect."""


class Nothing(URLFetcher):  # type: ignore[misc]
    """Fetches only what stands in the address itself."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Give the content of a data address. Raises `Outside` for every other."""
        if not url.startswith("data:"):
            raise Outside(url)
        return super().fetch(url, headers)


def pdf(html: str, style: Path) -> bytes:
    """Print HTML as the style sheet says."""
    fonts, sheet = _style(style)
    content: bytes = HTML(string=html, url_fetcher=Nothing()).write_pdf(stylesheets=[sheet], font_config=fonts)
    return content


@cache
def _style(path: Path) -> tuple[FontConfiguration, CSS]:
    fonts = FontConfiguration()
    return fonts, CSS(string=path.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=Nothing())
