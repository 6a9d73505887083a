"""HTML of our own templates → PDF; nothing is fetched, so that no text of a user can reach a file or a host."""

import logging
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher

for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # they tell every step of every page


class OutsideError(FatalURLFetchingError):  # type: ignore[misc]
    """A template asked for something outside itself: a defect."""


class _Nothing(URLFetcher):  # type: ignore[misc]
    def fetch(self, url: str, headers: Any = None) -> Any:
        if not url.startswith("data:"):
            raise OutsideError(url)
        return super().fetch(url, headers)


def printed(html: str, style: Path) -> bytes:
    """Print HTML as a style sheet says. Raises `OutsideError`."""
    sheet = CSS(string=style.read_text(encoding="utf-8"), url_fetcher=_Nothing())
    content: bytes = HTML(string=html, url_fetcher=_Nothing()).write_pdf(stylesheets=[sheet])
    return content
