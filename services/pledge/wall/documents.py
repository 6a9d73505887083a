"""What is printed of pledges: boards, cards, desk signs and post signs, each with a code that leads to the page."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

import flask
import segno

from services.pledge.wall.domain import SIGN_NAMES, Hung, Sign
from shared import config
from shared.directory.domain import Organization
from shared.pdf import printed

STYLE = Path(__file__).with_name("print.css")
CARDS = 10
"""Cards on a sheet of A4."""


def written(
    sign: Sign, hung: Sequence[Hung], organization: Organization, year: int, portraits: Mapping[UUID, bytes]
) -> tuple[str, bytes]:
    """Print pledges in one way; give file name and bytes. A single pledge fills a sheet of cards.

    `portraits` are the JPEGs of those who gave one, by person.
    """
    many = list(hung) * CARDS if sign is Sign.CARD and len(hung) == 1 else list(hung)
    sheets = [many[start : start + CARDS] for start in range(0, len(many), CARDS)]
    html = flask.render_template(
        f"pledge/wall/{'board' if sign in {Sign.A3, Sign.A4} else sign}.html",
        sign=sign,
        hung=many,
        sheets=sheets,
        organization=organization,
        year=year,
        drawn=code,
        photos={person_id: b64encode(content).decode() for person_id, content in portraits.items()},
        wall=f"/pledge/wall/{organization.id}",
    )
    name = hung[0].name if len(hung) == 1 else organization.name
    return f"{name}{year}年{SIGN_NAMES[sign]}.pdf", printed(html, STYLE)


def code(path: str) -> str:
    """Draw the code of a page of ours, without inline styles."""
    drawn: str = segno.make(f"{config.base_url()}{path}", micro=False, error="m").svg_inline(scale=3, border=2)
    return drawn
