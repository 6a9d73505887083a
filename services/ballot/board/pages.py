"""The board's page and the archive, for everybody."""

from uuid import UUID

import flask
from flask import Blueprint, Response

from services.ballot import permissions
from services.ballot.board import archive, schemas, view
from shared.db import Connection
from shared.web import door, forms

blueprint = Blueprint("board_pages", __name__, url_prefix="/ballot/boards")


@blueprint.get("/<uuid:ballot_id>")
@door.public_read(permissions.READ_BOARD)
def show_board(conn: Connection, ballot_id: UUID) -> str:
    """Show the board of an electronic ballot, with one page of its tracking numbers."""
    asked = forms.load_from(schemas.Page(), flask.request.args)
    board = view.show(conn, door.viewer_or_none(conn), ballot_id, page=asked["page"])
    return flask.render_template("ballot/board/show.html", board=board, ballot=board.ballot)


@blueprint.get("/<uuid:ballot_id>/archive")
@door.public_read(permissions.READ_BOARD)
def download_archive(conn: Connection, ballot_id: UUID) -> Response:
    """Give the archive, or a range of its bytes: it only grows, so whoever has a part asks for the rest."""
    board = view.show(conn, door.viewer_or_none(conn), ballot_id)
    return archive.answer(door.pool(), board)


@blueprint.get("/<uuid:ballot_id>/<name>.bel")
@door.public_read(permissions.READ_BOARD)
def download_file(conn: Connection, ballot_id: UUID, name: str) -> Response:
    """Give the archive under the name by which auditors know it."""
    board = view.show(conn, door.viewer_or_none(conn), ballot_id)
    archive.require_name(board, name)
    return archive.answer(door.pool(), board)
