"""The public board: by university, quarter and organisation; for a screen on the wall, and on paper."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, Response

from services.notify import permissions
from services.notify.board import poster, schemas, universities, view
from shared import clock
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.web import door, forms

blueprint = Blueprint("board_pages", __name__, url_prefix="/notify/board")


@blueprint.get("/")
@door.public_read(permissions.READ_BOARD)
def show_university(conn: Connection) -> str:
    """Show the board of the university, or the universities to choose from."""
    viewer = door.viewer_or_none(conn)
    asked = _asked()
    tops = universities.every(conn)
    if asked["university_id"] is None and viewer is not None:
        return _page(conn, directory.get_top(conn, viewer.tenant_id), asked["period"])
    if asked["university_id"] is None and len(tops) != 1:
        return flask.render_template("notify/board/universities.html", universities=tops)
    return _page(conn, universities.one(conn, asked["university_id"]), asked["period"])


@blueprint.get("/<uuid:organization_id>")
@door.public_read(permissions.READ_BOARD)
def show_board(conn: Connection, organization_id: UUID) -> str:
    """Show the board of an organisation and all below it."""
    door.viewer_or_none(conn)
    return _page(conn, directory.find_organization(conn, organization_id), _asked()["period"])


@blueprint.get("/<uuid:organization_id>/screen")
@door.public_read(permissions.READ_BOARD)
def show_screen(conn: Connection, organization_id: UUID) -> str:
    """Show the same for an electronic screen, which turns the pages by itself."""
    organization = directory.find_organization(conn, organization_id)
    board = view.board(conn, organization, _asked()["period"], clock.today())
    return flask.render_template("notify/board/screen.html", board=board)


@blueprint.get("/<uuid:organization_id>/poster.pdf")
@door.public_read(permissions.READ_BOARD)
def read_poster(conn: Connection, organization_id: UUID) -> Response:
    """Give the winners of a quarter on A4."""
    organization = directory.find_organization(conn, organization_id)
    return poster.sent(view.board(conn, organization, _asked()["period"], clock.today()))


def _asked() -> dict[str, Any]:
    return forms.load_from(schemas.BoardAsked(), flask.request.args)


def _page(conn: Connection, organization: Organization, period: str | None) -> str:
    board = view.board(conn, organization, period, clock.today())
    above = [item for item in directory.list_lineage(conn, organization) if item.id != organization.id]
    below = [item for item in directory.list_below(conn, organization) if item.parent_id == organization.id]
    return flask.render_template("notify/board/show.html", board=board, above=above, below=below)
