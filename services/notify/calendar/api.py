"""The JSON door to the calendar of holidays and 调休."""

from typing import Any

from flask_smorest import Blueprint

from services.notify import permissions
from services.notify.calendar import commands, schemas, store
from services.notify.calendar.rules import Entry
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("calendar", __name__, url_prefix="/notify/api/calendar", description="放假安排")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_CALENDAR)
@blueprint.response(200, schemas.Day(many=True))
def list_days(conn: Connection, viewer: Viewer) -> list[Entry]:
    """List the days that were entered; for all others the built-in calendar holds."""
    return store.list_days(conn, viewer.tenant_id)


@blueprint.route("", methods=["POST"])
@door.write(permissions.ENTER_CALENDAR)
@blueprint.arguments(schemas.Days)
@blueprint.response(200, schemas.Day(many=True))
def enter_days(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Entry]:
    """Enter days; a later entry of a day wins."""
    commands.enter(conn, viewer, [Entry(**day) for day in data["days"]])
    return store.list_days(conn, viewer.tenant_id)
