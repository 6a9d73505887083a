"""The pages of replies: the handler's question, the winner's answer."""

from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response as Answer

from services.notify import permissions
from services.notify.objection import commands as objections
from services.notify.reply import commands, schemas, view
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door, forms

blueprint = Blueprint("reply_pages", __name__, url_prefix="/notify")


@blueprint.post("/objections/<uuid:objection_id>/question")
@door.write(permissions.HANDLE_OBJECTION)
def ask(conn: Connection, viewer: Viewer, objection_id: UUID) -> Answer:
    """Ask the winner."""
    data = forms.load(schemas.Question())
    objection = objections.access(conn, viewer, permissions.HANDLE_OBJECTION, objection_id)
    reply = commands.ask(conn, viewer, objection, data["facts"], door.vault())
    flask.flash(f"已请本人说明，说明期至{reply.reply_until_on.isoformat()}。")
    return flask.redirect(flask.url_for("objection_pages.show_objection", objection_id=objection_id), 303)


@blueprint.get("/replies/")
@door.read(permissions.REPLY_OBJECTION)
def list_replies(conn: Connection, viewer: Viewer) -> str:
    """Show what the viewer was asked."""
    return flask.render_template("notify/reply/list.html", replies=view.list_own(conn, viewer))


@blueprint.get("/replies/<uuid:objection_id>")
@door.read(permissions.REPLY_OBJECTION)
def show_reply(conn: Connection, viewer: Viewer, objection_id: UUID) -> str:
    """Show the question, with the form for the answer while it is open."""
    shown = view.shown(conn, commands.access(conn, viewer, objection_id), door.vault())
    return flask.render_template("notify/reply/show.html", reply=shown)


@blueprint.post("/replies/<uuid:objection_id>")
@door.write(permissions.REPLY_OBJECTION)
def answer(conn: Connection, viewer: Viewer, objection_id: UUID) -> Answer:
    """Take the answer."""
    commands.answer(conn, viewer, objection_id, forms.load(schemas.ReplyWritten())["text"], door.vault())
    flask.flash("说明已提交，只有处理人能看到。")
    return flask.redirect(flask.url_for("reply_pages.show_reply", objection_id=objection_id), 303)
