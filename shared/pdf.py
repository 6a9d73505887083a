"""HTML of our own templates → PDF; nothing is fetched, so that no text of a user can reach a file or a host."""

import logging
from functools import cache
from pathlib import Path
from typing import Any

for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # they tell every step of every page


def printed(html: str, style: Path) -> bytes:
    """Print HTML as a style sheet says. A template that asks for something outside itself is a defect and raises."""
    # WeasyPrint takes half a second to import: processes that print nothing at their start need not wait for it.
    from weasyprint import CSS, HTML

    sheet = CSS(string=style.read_text(encoding="utf-8"), url_fetcher=_nothing())
    content: bytes = HTML(string=html, url_fetcher=_nothing()).write_pdf(stylesheets=[sheet])
    return content


@cache
def _nothing() -> Any:
    """Make a fetcher that gives only what the template itself carries."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class OutsideError(FatalURLFetchingError):  # type: ignore[misc]
        """A template asked for something outside itself."""

    class Nothing(URLFetcher):  # type: ignore[misc]
        """Fetches data: addresses only."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("data:"):
                raise OutsideError(url)
            return super().fetch(url, headers)

    return Nothing()
