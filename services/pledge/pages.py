"""The page that says what pledges will be."""

import flask
from flask import Blueprint

from services.pledge import permissions
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("pledge_pages", __name__, url_prefix="/pledge")


@blueprint.get("/")
@door.read(permissions.SEE_PLACE)
def show(_conn: Connection, _viewer: Viewer) -> str:
    """Say what will be here, and on which rule it rests."""
    return flask.render_template("pledge/place.html")
