"""The public wall: by organisation and year, for a screen, one pledge alone, and on paper."""

import io
from collections.abc import Sequence
from uuid import UUID

import flask
from flask import Blueprint, Response

from services.pledge import permissions
from services.pledge.opinion.rules import LONGEST
from services.pledge.pledge import commands as pledges
from services.pledge.pledge.domain import FORM_NAMES, KIND_NAMES, TRIGGER_NAMES
from services.pledge.portrait import store as portraits
from services.pledge.progress import commands as progress
from services.pledge.progress.domain import STATE_NAMES
from services.pledge.star import store as stars
from services.pledge.wall import documents, schemas, store, view
from services.pledge.wall.domain import Hung, Sign
from shared import clock
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.web import door, forms

blueprint = Blueprint("wall_pages", __name__, url_prefix="/pledge/wall")
NAMES = {"form_names": FORM_NAMES, "pledge_kinds": KIND_NAMES, "trigger_names": TRIGGER_NAMES}


@blueprint.get("/")
@door.public_read(permissions.READ_WALL)
def choose(conn: Connection) -> str:
    """Show the wall of the university, or the universities to choose from."""
    viewer = door.viewer_or_none(conn)
    if viewer is not None:
        return _page(conn, viewer, directory.get_top(conn, viewer.tenant_id))
    tops = directory.list_tops(conn)
    if len(tops) == 1:
        return _page(conn, None, tops[0])
    return flask.render_template("pledge/wall/universities.html", universities=tops)


@blueprint.get("/<uuid:organization_id>")
@door.public_read(permissions.READ_WALL)
def show(conn: Connection, organization_id: UUID) -> str:
    """Show the wall of an organisation and all below it."""
    viewer = door.viewer_or_none(conn)
    return _page(conn, viewer, directory.find_organization(conn, organization_id))


@blueprint.get("/<uuid:organization_id>/screen")
@door.public_read(permissions.READ_WALL)
def show_screen(conn: Connection, organization_id: UUID) -> str:
    """Show the same for an electronic screen: what anybody may see, a screenful at a time."""
    organization = directory.find_organization(conn, organization_id)
    wall = view.wall(conn, organization, None, _asked(), today=clock.today(), size=view.SCREENFUL)
    return flask.render_template("pledge/wall/screen.html", wall=wall, **NAMES)


@blueprint.get("/<uuid:organization_id>/print/<any(a3, a4, card, desk, post):sign>.pdf")
@door.read(permissions.PRINT_BOARD)
def print_wall(conn: Connection, viewer: Viewer, organization_id: UUID, sign: str) -> Response:
    """Print the reviewed pledges of an organisation's year."""
    organization = require(conn, viewer, permissions.PRINT_BOARD, organization_id)
    year = _asked().year or clock.today().year
    hung = view.for_paper(conn, organization, year)
    return _sent(*_written(conn, Sign(sign), hung, organization, year))


@blueprint.get("/pledges/<uuid:pledge_id>")
@door.public_read(permissions.READ_WALL)
def show_pledge(conn: Connection, pledge_id: UUID) -> str:
    """Show one pledge with how it is kept, and the form for opinions."""
    single = view.single(conn, door.viewer_or_none(conn), pledge_id)
    table = progress.table(conn, single.pledge)
    return flask.render_template(
        "pledge/wall/pledge.html",
        single=single,
        table=table,
        state_names=STATE_NAMES,
        longest=LONGEST,
        stars=stars.list_of_pledge(conn, single.pledge.tenant_id, pledge_id),
        **NAMES,
    )


@blueprint.get("/pledges/<uuid:pledge_id>/print/<any(card, desk, post):sign>.pdf")
@door.read(permissions.PRINT_SIGN)
def print_pledge(conn: Connection, viewer: Viewer, pledge_id: UUID, sign: str) -> Response:
    """Print the cards or a sign of one reviewed pledge, for its pledger or an officer."""
    pledge, organization = pledges.access(conn, viewer, permissions.PRINT_SIGN, pledge_id)
    hung = view.for_paper(conn, organization, pledge.year, pledge.id)
    return _sent(*_written(conn, Sign(sign), hung, organization, pledge.year))


def _written(
    conn: Connection, sign: Sign, hung: Sequence[Hung], organization: Organization, year: int
) -> tuple[str, bytes]:
    ids = [one.person_id for one in hung if one.person_id] if sign is Sign.POST else []
    return documents.written(sign, hung, organization, year, portraits.list_of(conn, organization.tenant_id, ids))


def _asked() -> view.Asked:
    return view.Asked(**forms.load_from(schemas.WallAsked(), flask.request.args))


def _page(conn: Connection, viewer: Viewer | None, organization: Organization) -> str:
    wall = view.wall(conn, organization, viewer, _asked(), today=clock.today())
    above = directory.list_lineage(conn, organization)[:-1]
    below = store.list_children(conn, organization)
    prints = viewer is not None and viewer.may(permissions.PRINT_BOARD, organization.path)
    return flask.render_template(
        "pledge/wall/show.html", wall=wall, above=above, below=below, prints=prints, longest=LONGEST, **NAMES
    )


def _sent(name: str, content: bytes) -> Response:
    return flask.send_file(io.BytesIO(content), mimetype="application/pdf", download_name=name, max_age=0)
