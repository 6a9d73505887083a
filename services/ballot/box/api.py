"""JSON endpoints of the box: what a booth must know, handing a ballot in, asking where it is. Nobody signs in here.

Nothing of a request is kept beside the ballot: no address, no time, no cookie is looked at, nothing is logged.
"""

from typing import Any
from uuid import UUID

import flask
from flask import request
from flask_smorest import Blueprint
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from services.ballot import permissions
from services.ballot.box import address, facts, receiving, schemas, slot, view
from services.ballot.box.domain import Facts, Receipt
from services.ballot.box.line import Line
from services.ballot.box.size import HARD_LIMIT
from services.ballot.box.store import BoxNotFound
from shared.db import Connection
from shared.web import bodies, door

blueprint = Blueprint("box", __name__, url_prefix="/ballot/api/box", description="电子票箱")
BALLOT = {
    "description": "the exact text of the ballot (Belenios 2.0), without any cookie",
    "required": True,
    "content": {"application/json": {"schema": {"type": "object"}}},
}


@blueprint.route("/<uuid:ballot_id>", methods=["GET"])
@door.public_read(permissions.READ_BOX)
@blueprint.response(200, schemas.BoxShown)
def show_box(conn: Connection, ballot_id: UUID) -> view.View:
    """Show what the booth needs: candidates, how many to choose, the election once it is open."""
    return view.show(conn, ballot_id, address.base_url())


@blueprint.route("/<uuid:ballot_id>", methods=["POST"])
@bodies.unread
@door.bare(permissions.CAST_BALLOT)
@blueprint.doc(requestBody=BALLOT)
@blueprint.response(202, schemas.ReceiptShown)
def put_ballot(ballot_id: UUID) -> Receipt:
    """Take an encrypted ballot; the same text again has the same answer, a later one of the credential replaces it."""
    if refusal := request.environ.get(slot.OUTCOME):
        raise refusal
    box = facts.kept(ballot_id) or _look_up(ballot_id)
    line: Line = flask.current_app.extensions["box_line"]
    return receiving.receive(line, box, _body(box.limit))


def _look_up(ballot_id: UUID) -> Facts:
    try:
        with door.pool().connection() as conn:
            return facts.of(conn, ballot_id)
    except BoxNotFound:
        body = _body(HARD_LIMIT)
        bodies.require_proper(body)
        receiving.require_form(body)
        raise


@blueprint.route("/<uuid:ballot_id>/ballots", methods=["GET"])
@door.public_read(permissions.READ_BOX)
@blueprint.arguments(schemas.Where, location="query")
@blueprint.response(200, schemas.ReceiptShown)
def find_ballot(conn: Connection, data: dict[str, Any], ballot_id: UUID) -> Receipt:
    """Say where the ballot with a tracking number is."""
    return receiving.where(conn, ballot_id, data["tracker"])


@blueprint.after_request
def hang_up(response: flask.Response) -> flask.Response:
    """Do not read to its end what was cut off."""
    if response.status_code == RequestEntityTooLarge.code:
        response.headers["Connection"] = "close"
    return response


def _body(limit: int) -> bytes:
    """Read a body of at most `limit` bytes; a longer one is cut off there, or before it is read at all."""
    if not request.is_json:
        raise UnsupportedMediaType
    # Of a stream without a stated length the library gives what fits and is silent about the rest.
    request.max_content_length = limit + 1
    body = request.get_data(cache=False)
    if len(body) > limit:
        raise RequestEntityTooLarge
    return body
