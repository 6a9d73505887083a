"""The look of what this service prints: A4 paper, in the manner of official papers."""

from pathlib import Path

from shared.pdf import printed

STYLE = Path(__file__).with_name("print.css")


def rendered(html: str) -> bytes:
    """Print HTML on A4 paper. A template that asks for more raises."""
    return printed(html, STYLE)
