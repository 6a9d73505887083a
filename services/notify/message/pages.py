"""Pages of the signed-in person's own messages, and the count that other pages can show."""

from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response

from services.notify import permissions
from services.notify.message import commands, schemas, store
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door, forms

blueprint = Blueprint("message_pages", __name__, url_prefix="/notify/messages")


@blueprint.get("/")
@door.read(permissions.READ_MESSAGES)
def list_messages(conn: Connection, viewer: Viewer) -> str:
    """Show one's own messages, the newest first."""
    asked = forms.load_from(schemas.List(), flask.request.args)
    found = commands.list_own(conn, viewer, **asked)
    return flask.render_template(
        "notify/message/list.html",
        messages=found,
        asked=asked,
        more=len(found) == commands.PAGE,
        unread=store.count_unread(conn, viewer.tenant_id, viewer.id),
    )


@blueprint.get("/count")
@door.read(permissions.READ_MESSAGES)
def show_count(conn: Connection, viewer: Viewer) -> str:
    """Show how many are unread, as a fragment; nothing when there are none."""
    return flask.render_template(
        "notify/message/count.html", unread=store.count_unread(conn, viewer.tenant_id, viewer.id)
    )


@blueprint.post("/<uuid:message_id>/read")
@door.write(permissions.MARK_MESSAGES)
def open_message(conn: Connection, viewer: Viewer, message_id: UUID) -> Response:
    """Note that a message was read, and go where it points."""
    return flask.redirect(commands.read(conn, viewer, message_id).href, 303)


@blueprint.post("/read")
@door.write(permissions.MARK_MESSAGES)
def read_all(conn: Connection, viewer: Viewer) -> Response:
    """Note that everything was read."""
    commands.read_all(conn, viewer)
    flask.flash("全部消息已标为已读。")
    return flask.redirect("/notify/messages/", 303)
