"""The JSON side of remarks and summaries."""

from typing import Any

import flask_smorest

from services.pledge import permissions
from services.pledge.remark import commands, schemas
from services.pledge.remark.domain import Overview, Remark, Summary
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("remark", __name__, url_prefix="/pledge/api/remarks", description="点评和梳理总结")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_REMARKS)
@blueprint.arguments(schemas.RemarksAsked, location="query")
@blueprint.response(200, schemas.RemarksShown)
def overview(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Overview:
    """Show every pledger of an organisation in a period with what was said."""
    return commands.overview(conn, viewer, **data)


@blueprint.route("", methods=["POST"])
@door.write(permissions.WRITE_REMARKS)
@blueprint.arguments(schemas.RemarksWritten)
@blueprint.response(201, schemas.PeriodRemarkShown(many=True))
def write(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Remark]:
    """Remark on pledgers; gives what is new."""
    return commands.write(conn, viewer, data["organization_id"], data["period"], data["remarks"])


@blueprint.route("/summaries", methods=["POST"])
@door.write(permissions.WRITE_REMARKS)
@blueprint.arguments(schemas.PeriodSummaryWritten)
@blueprint.response(201, schemas.PeriodSummaryShown)
def sum_up(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Summary:
    """Sum a period up."""
    return commands.sum_up(conn, viewer, **data)


@blueprint.route("/own", methods=["GET"])
@door.read(permissions.READ_OWN_REMARKS)
@blueprint.response(200, schemas.PeriodRemarkShown(many=True))
def list_own(conn: Connection, viewer: Viewer) -> list[Remark]:
    """List what was said of oneself."""
    return commands.list_own(conn, viewer)
