"""The 登记证 as a booklet on A5 paper: a cover, then a page per quarter (R-110)."""

from itertools import groupby
from pathlib import Path

import flask

from services.evaluation.register import citing, store
from services.evaluation.register.domain import Deed
from shared.db import Connection
from shared.directory.domain import Organization, Person
from shared.pdf import printed
from shared.scheme import Scheme

STYLE = Path(__file__).with_name("booklet.css")


def booklet(conn: Connection, person: Person, organization: Organization, scheme: Scheme) -> bytes:
    """Print a member's register; additions stand below the deed to which they belong."""
    deeds = store.list_history(conn, person.tenant_id, person.id)
    html = flask.render_template(
        "evaluation/register/booklet.html",
        person=person,
        organization=organization,
        scheme=scheme,
        quarters=quarters(deeds),
        citations=citing.of(conn, person.tenant_id, deeds),
    )
    return printed(html, STYLE)


def quarters(deeds: list[Deed]) -> list[tuple[str, list[tuple[Deed, list[Deed]]]]]:
    """Put deeds into quarters, the newest first, each with its additions."""
    ordered = sorted(deeds, key=lambda deed: deed.period, reverse=True)
    found = []
    for quarter, group in groupby(ordered, key=lambda deed: deed.period):
        entries = list(group)
        roots = [deed for deed in entries if deed.addition_of is None]
        found.append((quarter, [(root, [one for one in entries if one.addition_of == root.id]) for root in roots]))
    return found
