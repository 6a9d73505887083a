"""The JSON side of difficulties."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.difficulty import commands, schemas
from services.pledge.difficulty.domain import Difficulty, DifficultyState
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "difficulty", __name__, url_prefix="/pledge/api/difficulties", description="履诺中的困难"
)


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_DIFFICULTY)
@blueprint.arguments(schemas.DifficultiesAsked, location="query")
@blueprint.response(200, schemas.DifficultyShort(many=True))
def list_difficulties(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Sequence[Difficulty]:
    """List the difficulties with a pledge, or a page of all that one may answer, the unsolved first."""
    if data["pledge_id"] is None:
        return commands.list_readable(conn, viewer, data["page"]).lines
    return [one.difficulty for one in commands.list_of_pledge(conn, viewer, door.vault(), data["pledge_id"])]


@blueprint.route("", methods=["POST"])
@door.write(permissions.REPORT_DIFFICULTY)
@blueprint.arguments(schemas.DifficultyWritten)
@blueprint.response(201, schemas.DifficultyShort)
def report(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Difficulty:
    """Report a difficulty."""
    return commands.report(conn, viewer, door.vault(), **data)


@blueprint.route("/<uuid:difficulty_id>", methods=["GET"])
@door.read(permissions.READ_DIFFICULTY)
@blueprint.response(200, schemas.DifficultyShown)
def show(conn: Connection, viewer: Viewer, difficulty_id: UUID) -> dict[str, Any]:
    """Show a difficulty to its pledger and the officers."""
    one = commands.read(conn, viewer, door.vault(), difficulty_id)
    answers = [{**vars(answer), "text": text} for answer, text in one.answers]
    return {**vars(one.difficulty), "text": one.text, "answers": answers}


@blueprint.route("/<uuid:difficulty_id>/answers", methods=["POST"])
@door.write(permissions.ANSWER_DIFFICULTY)
@blueprint.arguments(schemas.DifficultyAnswered)
@blueprint.response(201, schemas.DifficultyShort)
def answer(conn: Connection, viewer: Viewer, data: dict[str, Any], difficulty_id: UUID) -> Difficulty:
    """Answer a difficulty."""
    outcome = DifficultyState(data["outcome"])
    return commands.answer(conn, viewer, door.vault(), difficulty_id, data["text"], outcome)
