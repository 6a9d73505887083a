"""The JSON side of coverage."""

from typing import Any

import flask_smorest

from services.pledge import permissions
from services.pledge.coverage import reading, schemas
from services.pledge.coverage.reading import View
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("coverage", __name__, url_prefix="/pledge/api/coverage", description="承诺覆盖情况")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_COVERAGE)
@blueprint.arguments(schemas.CoverageAsked, location="query")
@blueprint.response(200, schemas.CoverageShown)
def show(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> View:
    """Show who pledged, who need not and who is missing."""
    return reading.show(conn, viewer, organization_id=data["organization_id"], year=data["year"] or clock.today().year)
