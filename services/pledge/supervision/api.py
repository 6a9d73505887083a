"""The JSON side of the overview of 督诺."""

from typing import Any

import flask_smorest

from services.pledge import permissions
from services.pledge.supervision import overview, schemas
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "supervision", __name__, url_prefix="/pledge/api/supervision", description="督诺总览"
)


@blueprint.route("", methods=["GET"])
@door.read(permissions.SUPERVISE)
@blueprint.arguments(schemas.KeepingAsked, location="query")
@blueprint.response(200, schemas.KeptShown)
def show(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> overview.View:
    """Show how the pledges of an organisation are kept in a year."""
    return overview.of(conn, viewer, data["organization_id"], data["year"])
