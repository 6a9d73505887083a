"""The JSON door to objections: anyone raises, anyone with the code asks, handlers hear and decide."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.notify import permissions
from services.notify.objection import commands, flood, schemas, view
from services.notify.objection.commands import Said
from services.notify.objection.domain import Brief
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("objection", __name__, url_prefix="/notify/api", description="异议")


@blueprint.route("/notices/<uuid:notice_id>/objections", methods=["POST"])
@door.public_write(permissions.RAISE_OBJECTION)
@blueprint.arguments(schemas.Raise)
@blueprint.response(201, schemas.Raised)
def raise_objection(conn: Connection, data: dict[str, Any], notice_id: UUID) -> dict[str, Any]:
    """Object to an award of a running notice, signed or anonymous."""
    objection, code = commands.raise_objection(conn, notice_id, Said(**data), door.vault(), flood.enter)
    return {"id": objection.id, "code": code}


@blueprint.route("/notices/<uuid:notice_id>/objections/paper", methods=["POST"])
@door.write(permissions.ENTER_OBJECTION)
@blueprint.arguments(schemas.RaisePaper)
@blueprint.response(201, schemas.Raised)
def enter_objection(conn: Connection, viewer: Viewer, data: dict[str, Any], notice_id: UUID) -> dict[str, Any]:
    """Enter an objection that came on paper within the days of the notice."""
    received_on = data.pop("received_on")
    objection, code = commands.enter_paper(
        conn, viewer, permissions.ENTER_OBJECTION, notice_id, Said(**data), received_on, door.vault()
    )
    return {"id": objection.id, "code": code}


@blueprint.route("/objections/answer", methods=["POST"])
@door.public_read(permissions.ASK_ANSWER)
@blueprint.arguments(schemas.Ask)
@blueprint.response(200, schemas.Answer)
def ask_answer(conn: Connection, data: dict[str, Any]) -> view.Answered:
    """Ask for the answer with the code that came with the objection."""
    return view.answer(conn, data["code"], door.vault())


@blueprint.route("/objections", methods=["GET"])
@door.read(permissions.HANDLE_OBJECTION)
@blueprint.arguments(schemas.ObjectionsAsked, location="query")
@blueprint.response(200, schemas.ObjectionShown(many=True))
def list_objections(conn: Connection, viewer: Viewer, asked: dict[str, Any]) -> list[Brief]:
    """List the objections that the viewer may handle, the undecided first, fifty to a page."""
    return view.page(conn, viewer, permissions.HANDLE_OBJECTION, asked["page"])


@blueprint.route("/objections/<uuid:objection_id>", methods=["GET"])
@door.read(permissions.HANDLE_OBJECTION)
@blueprint.response(200, schemas.ObjectionWhole)
def read_objection(conn: Connection, viewer: Viewer, objection_id: UUID) -> view.Whole:
    """Read an objection; the reading is noted."""
    objection = commands.access(conn, viewer, permissions.HANDLE_OBJECTION, objection_id, change=False)
    return view.whole(conn, objection, door.vault())


@blueprint.route("/objections/<uuid:objection_id>/hearing", methods=["POST"])
@door.write(permissions.HANDLE_OBJECTION)
@blueprint.arguments(schemas.Hear)
@blueprint.response(200, schemas.ObjectionWhole)
def hear_objection(conn: Connection, viewer: Viewer, data: dict[str, Any], objection_id: UUID) -> view.Whole:
    """Note what the winner and the branch said."""
    objection = commands.access(conn, viewer, permissions.HANDLE_OBJECTION, objection_id)
    return view.whole(conn, commands.hear(conn, viewer, objection, data["note"], door.vault()), door.vault())


@blueprint.route("/objections/<uuid:objection_id>/decision", methods=["POST"])
@door.write(permissions.HANDLE_OBJECTION)
@blueprint.arguments(schemas.Decide)
@blueprint.response(200, schemas.ObjectionWhole)
def decide_objection(conn: Connection, viewer: Viewer, data: dict[str, Any], objection_id: UUID) -> view.Whole:
    """Decide an objection that was heard; the statement is the answer."""
    objection = commands.access(conn, viewer, permissions.HANDLE_OBJECTION, objection_id)
    decided = commands.decide(conn, viewer, objection, data["upheld"], data["statement"], door.vault())
    return view.whole(conn, decided, door.vault())
