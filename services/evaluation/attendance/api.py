"""The JSON side of attendance."""

from typing import Any

import flask_smorest

from services.evaluation import permissions
from services.evaluation.attendance import commands, removal, schemas
from services.evaluation.attendance.commands import Report
from services.evaluation.attendance.domain import Attendance, Removed
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "attendance", __name__, url_prefix="/evaluation/api/attendance", description="组织生活出席情况"
)


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_ATTENDANCE)
@blueprint.arguments(schemas.AttendanceAsked, location="query")
@blueprint.response(200, schemas.AttendanceShown(many=True))
def list_attendance(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Attendance]:
    """List the attendance of a person, the oldest first."""
    return commands.list_of(conn, viewer, data["person_id"], data["since"])


@blueprint.route("/imports", methods=["POST"])
@door.write(permissions.IMPORT_ATTENDANCE)
@blueprint.arguments(schemas.ImportAsked, location="query")
@blueprint.arguments(schemas.FileGiven, location="files")
@blueprint.response(200, schemas.ReportShown)
def import_table(conn: Connection, viewer: Viewer, asked: dict[str, Any], given: dict[str, Any]) -> Report:
    """Import a table (xlsx, csv) of attendance at other meetings; with `dry_run` only say what it would do."""
    return commands.import_table(conn, viewer, given["file"].read(), dry_run=asked["dry_run"])


@blueprint.route("/removals", methods=["POST"])
@door.write(permissions.IMPORT_ATTENDANCE)
@blueprint.arguments(schemas.PersonRowRemoved)
@blueprint.response(200, schemas.RemovedShown)
def remove(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Removed:
    """Take an imported row out, with a reason; rows of quarterly meetings follow their roll."""
    return removal.remove(conn, viewer, **data)
