"""The JSON side of the windows."""

from typing import Any

import flask_smorest

from services.pledge import permissions
from services.pledge.pledge.window import Round, Window
from services.pledge.round import commands, schemas
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("round", __name__, url_prefix="/pledge/api/rounds", description="承诺的时间安排")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_ROUND)
@blueprint.arguments(schemas.RoundAsked, location="query")
@blueprint.response(200, schemas.RoundShown)
def show(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Window:
    """Show the window that counts for an organisation in a year."""
    return commands.show(conn, viewer, data["organization_id"], data["year"] or clock.today().year).window


@blueprint.route("", methods=["PUT"])
@door.write(permissions.SET_ROUND)
@blueprint.arguments(schemas.RoundSet)
@blueprint.response(200, schemas.RoundShown)
def set_round(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Round:
    """Set the window of a year for an organisation and all below it."""
    return commands.set_round(conn, viewer, data.pop("organization_id"), **data)


@blueprint.route("/drop", methods=["POST"])
@door.write(permissions.SET_ROUND)
@blueprint.arguments(schemas.RoundDropped)
@blueprint.response(204)
def drop(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> None:
    """Drop a window: the one above, or the scheme's days, counts again."""
    commands.drop(conn, viewer, data["organization_id"], data["year"])
