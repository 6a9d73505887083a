"""JSON endpoints of the signed-in person's own messages."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.notify import permissions
from services.notify.message import commands, schemas, store
from services.notify.message.domain import Message
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("message", __name__, url_prefix="/notify/api/messages", description="消息")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_MESSAGES)
@blueprint.arguments(schemas.List, location="query")
@blueprint.response(200, schemas.MessageShown(many=True))
def list_messages(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Message]:
    """List one's own messages, the newest first, fifty to a page."""
    return commands.list_own(conn, viewer, **data)


@blueprint.route("/unread", methods=["GET"])
@door.read(permissions.READ_MESSAGES)
@blueprint.response(200, schemas.Unread)
def count_unread(conn: Connection, viewer: Viewer) -> dict[str, int]:
    """Count what is unread."""
    return {"unread": store.count_unread(conn, viewer.tenant_id, viewer.id)}


@blueprint.route("/<uuid:message_id>/read", methods=["POST"])
@door.write(permissions.MARK_MESSAGES)
@blueprint.response(200, schemas.MessageShown)
def read_message(conn: Connection, viewer: Viewer, message_id: UUID) -> Message:
    """Note that a message was read."""
    return commands.read(conn, viewer, message_id)


@blueprint.route("/read", methods=["POST"])
@door.write(permissions.MARK_MESSAGES)
@blueprint.response(200, schemas.Unread)
def read_all(conn: Connection, viewer: Viewer) -> dict[str, int]:
    """Note that everything was read."""
    commands.read_all(conn, viewer)
    return {"unread": store.count_unread(conn, viewer.tenant_id, viewer.id)}
