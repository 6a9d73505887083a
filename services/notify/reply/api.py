"""The JSON door to replies: the handler asks, the winner reads and answers."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.notify import permissions
from services.notify.objection import commands as objections
from services.notify.objection import schemas as objection_schemas
from services.notify.objection import view as objection_view
from services.notify.reply import commands, schemas, view
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("reply", __name__, url_prefix="/notify/api", description="就异议作出说明")


@blueprint.route("/objections/<uuid:objection_id>/question", methods=["POST"])
@door.write(permissions.HANDLE_OBJECTION)
@blueprint.arguments(schemas.Question)
@blueprint.response(201, objection_schemas.ObjectionWhole)
def ask(conn: Connection, viewer: Viewer, data: dict[str, Any], objection_id: UUID) -> objection_view.Whole:
    """Ask the winner about an objection, once, without a word of who raised it."""
    objection = objections.access(conn, viewer, permissions.HANDLE_OBJECTION, objection_id)
    commands.ask(conn, viewer, objection, data["facts"], door.vault())
    return objection_view.whole(conn, objection, door.vault())


@blueprint.route("/replies", methods=["GET"])
@door.read(permissions.REPLY_OBJECTION)
@blueprint.response(200, schemas.ReplyListed(many=True))
def list_replies(conn: Connection, viewer: Viewer) -> list[view.Brief]:
    """List what the viewer was asked."""
    return view.list_own(conn, viewer)


@blueprint.route("/replies/<uuid:objection_id>", methods=["GET"])
@door.read(permissions.REPLY_OBJECTION)
@blueprint.response(200, schemas.ReplyShown)
def read_reply(conn: Connection, viewer: Viewer, objection_id: UUID) -> view.Shown:
    """Read what the viewer was asked, and what came of it."""
    return view.shown(conn, commands.access(conn, viewer, objection_id), door.vault())


@blueprint.route("/replies/<uuid:objection_id>", methods=["POST"])
@door.write(permissions.REPLY_OBJECTION)
@blueprint.arguments(schemas.ReplyWritten)
@blueprint.response(200, schemas.ReplyShown)
def answer(conn: Connection, viewer: Viewer, data: dict[str, Any], objection_id: UUID) -> view.Shown:
    """Answer, once."""
    reply = commands.answer(conn, viewer, objection_id, data["text"], door.vault())
    return view.shown(conn, reply, door.vault())
