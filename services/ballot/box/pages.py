"""Pages of the box: the booth in which a ballot is encrypted, its rehearsal, and the search for a tracking number.

All of it lies under /ballot/box, which no gateway and no service logs.
"""

from pathlib import Path
from uuid import UUID

import flask
from flask import Blueprint

from services.ballot import permissions
from services.ballot.box import address, receiving, schemas, view
from shared.db import Connection
from shared.web import door, forms

BOOTH = Path(__file__).parent.parent / "static/ballot/booth"
blueprint = Blueprint(
    "box_pages", __name__, url_prefix="/ballot/box", static_folder=str(BOOTH), static_url_path="/static"
)


@blueprint.get("/<uuid:ballot_id>")
@door.public_read(permissions.READ_BOX)
def show_booth(conn: Connection, ballot_id: UUID) -> str:
    """Show the booth of a ballot; who may vote in it is asked of evaluation by the page itself."""
    found = view.show(conn, ballot_id, address.base_url())
    return flask.render_template("ballot/box/booth.html", ballot_id=ballot_id, box=found)


@blueprint.get("/rehearsal")
@door.public_read(permissions.READ_BOX)
def rehearse(conn: Connection) -> str:
    """Show a booth with invented candidates, from which nothing is posted."""
    return flask.render_template("ballot/box/rehearsal.html")


@blueprint.get("/<uuid:ballot_id>/find")
@door.public_read(permissions.READ_BOX)
def find_ballot(conn: Connection, ballot_id: UUID) -> str:
    """Show where the ballot with a tracking number is: here, because a search must not be logged either."""
    found = view.show(conn, ballot_id, address.base_url())
    asked = forms.load_from(schemas.Where(), flask.request.args)
    receipt = receiving.where(conn, ballot_id, asked["tracker"])
    return flask.render_template("ballot/box/find.html", ballot_id=ballot_id, box=found, receipt=receipt)


@blueprint.after_request
def keep_quiet(response: flask.Response) -> flask.Response:
    """Tell no other page, and so no log, which ballot was looked at."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
