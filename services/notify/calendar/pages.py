"""The page on which the organisation department loads the year's holidays from a file."""

import flask
from flask import Blueprint
from werkzeug.wrappers import Response as Answer

from services.notify import permissions
from services.notify.calendar import commands, reading, store
from services.notify.calendar.rules import CalendarWrong
from shared import workdays
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("calendar_pages", __name__, url_prefix="/notify/calendar")


@blueprint.get("/")
@door.read(permissions.READ_CALENDAR)
def list_days(conn: Connection, viewer: Viewer) -> str:
    """Show what was entered."""
    return flask.render_template(
        "notify/calendar/list.html",
        days=store.list_days(conn, viewer.tenant_id),
        last_year=workdays.LAST_YEAR,
        enters=viewer.holds(permissions.ENTER_CALENDAR),
    )


@blueprint.post("/")
@door.write(permissions.ENTER_CALENDAR)
def enter_days(conn: Connection, viewer: Viewer) -> Answer:
    """Load a file."""
    sent = flask.request.files.get("file")
    if sent is None or not sent.filename:
        raise CalendarWrong(details=["请选择文件。"])
    entries, faults = reading.read(sent.read())
    count = commands.enter(conn, viewer, entries, faults=faults)
    flask.flash(f"已载入{count}天；此前已发出的公示不变。")
    return flask.redirect(flask.url_for("calendar_pages.list_days"), 303)
