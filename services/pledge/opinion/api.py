"""The JSON door to opinions: anyone gives, anyone with the code asks, officers read and answer."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.opinion import commands, flood, schemas, view
from services.pledge.opinion.domain import Listed
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("opinion", __name__, url_prefix="/pledge/api/opinions", description="群众意见")


@blueprint.route("", methods=["POST"])
@door.public_write(permissions.GIVE_OPINION)
@blueprint.arguments(schemas.OpinionGiven)
@blueprint.response(201, schemas.Received)
def give(conn: Connection, data: dict[str, Any]) -> dict[str, Any]:
    """Give an opinion on a published pledge or an organisation, signed or not."""
    opinion, code = commands.give(conn, door.viewer_or_none(conn), data["said"], door.vault(), flood.enter)
    return {"id": opinion.id, "code": code}


@blueprint.route("/paper", methods=["POST"])
@door.write(permissions.ENTER_OPINION)
@blueprint.arguments(schemas.OpinionEntered)
@blueprint.response(201, schemas.Received)
def enter_paper(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> dict[str, Any]:
    """Enter an opinion out of the 意见箱."""
    opinion, code = commands.enter_paper(conn, viewer, data["said"], data["received_on"], door.vault())
    return {"id": opinion.id, "code": code}


@blueprint.route("/answer", methods=["POST"])
@door.public_read(permissions.ASK_OPINION)
@blueprint.arguments(schemas.Ask)
@blueprint.response(200, schemas.Answer)
def ask(conn: Connection, data: dict[str, Any]) -> view.Answered:
    """Ask for the answer with the code that came with the opinion."""
    return view.answer(conn, data["code"], door.vault())


@blueprint.route("", methods=["GET"])
@door.read(permissions.HANDLE_OPINION)
@blueprint.response(200, schemas.OpinionListed(many=True))
def list_opinions(conn: Connection, viewer: Viewer) -> list[Listed]:
    """List the opinions that one may handle, the unanswered first, at most 200; each says how many there are."""
    return view.list_handled(conn, viewer)


@blueprint.route("/<uuid:opinion_id>", methods=["GET"])
@door.read(permissions.HANDLE_OPINION)
@blueprint.response(200, schemas.OpinionWhole)
def read(conn: Connection, viewer: Viewer, opinion_id: UUID) -> view.Whole:
    """Read an opinion; the reading is noted."""
    return view.whole(conn, commands.access(conn, viewer, opinion_id, change=False), door.vault())


@blueprint.route("/<uuid:opinion_id>/answer", methods=["POST"])
@door.write(permissions.HANDLE_OPINION)
@blueprint.arguments(schemas.AnswerWritten)
@blueprint.response(200, schemas.OpinionWhole)
def answer(conn: Connection, viewer: Viewer, data: dict[str, Any], opinion_id: UUID) -> view.Whole:
    """Answer an opinion, once."""
    return view.whole(conn, commands.answer(conn, viewer, opinion_id, data["answer"], door.vault()), door.vault())
