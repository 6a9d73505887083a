"""The JSON side of 履诺."""

from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.progress import commands, schemas
from services.pledge.progress.commands import Report
from services.pledge.progress.domain import Entry, Table
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("progress", __name__, url_prefix="/pledge/api/progress", description="履诺进度")


@blueprint.route("/<uuid:pledge_id>", methods=["GET"])
@door.read(permissions.READ_PROGRESS)
@blueprint.response(200, schemas.ProgressTableShown)
def show(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Table:
    """Show the 履诺进度表 of a published pledge to who may read the pledge."""
    return commands.read(conn, viewer, pledge_id)[0]


@blueprint.route("/<uuid:pledge_id>", methods=["POST"])
@door.write(permissions.WRITE_PROGRESS)
@blueprint.arguments(schemas.ProgressWritten)
@blueprint.response(201, schemas.ProgressEntryShown)
def report(conn: Connection, viewer: Viewer, given: Report, pledge_id: UUID) -> Entry:
    """Report on a matter; a final state is corrected by a later report with its reason."""
    return commands.report(conn, viewer, pledge_id, given)
