"""The JSON side of one's own portrait."""

import io
from typing import Any

import flask
import flask_smorest

from services.pledge import permissions
from services.pledge.portrait import commands, schemas
from services.pledge.portrait.rules import MOST_BYTES
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "portrait", __name__, url_prefix="/pledge/api/portrait", description="岗位牌照片（形象照）"
)


@blueprint.route("", methods=["POST"])
@door.write(permissions.SET_PORTRAIT)
@blueprint.arguments(schemas.PortraitFile, location="files")
@blueprint.response(204)
@blueprint.doc(parameters=[], requestBody={"content": {"multipart/form-data": {"schema": schemas.PortraitFile}}})
def keep(conn: Connection, viewer: Viewer, given: dict[str, Any]) -> None:
    """Keep a picture as one's own portrait."""
    commands.keep(conn, viewer, given["file"].read(MOST_BYTES + 1))


@blueprint.route("", methods=["GET"])
@door.read(permissions.SET_PORTRAIT)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="image/jpeg")
def read(conn: Connection, viewer: Viewer) -> flask.Response:
    """Give one's own portrait."""
    return flask.send_file(io.BytesIO(commands.own(conn, viewer)), mimetype="image/jpeg", max_age=0)


@blueprint.route("/remove", methods=["POST"])
@door.write(permissions.SET_PORTRAIT)
@blueprint.response(204)
def remove(conn: Connection, viewer: Viewer) -> None:
    """Remove one's own portrait."""
    commands.remove(conn, viewer)
