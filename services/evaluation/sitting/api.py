"""The JSON side of a sitting meeting: leave, attendance, guests, presentations, comments, discussion."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.evaluation import permissions
from services.evaluation.meeting.domain import Attendee, Comment, Note, Presentation
from services.evaluation.sitting import commands, schemas
from services.evaluation.sitting.commands import Mark
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "sitting", __name__, url_prefix="/evaluation/api/meetings", description="会议进行中的登记"
)


@blueprint.route("/<uuid:meeting_id>/leave", methods=["POST"])
@door.write(permissions.ASK_LEAVE)
@blueprint.arguments(schemas.LeaveAsked)
@blueprint.response(204)
def ask_leave(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> None:
    """Ask for leave from a meeting of the own branch."""
    commands.ask_leave(conn, viewer, door.vault(), meeting_id, data["reason"])


@blueprint.route("/<uuid:meeting_id>/leave/<uuid:person_id>", methods=["POST"])
@door.write(permissions.RUN_MEETING)
@blueprint.arguments(schemas.LeaveDecided)
@blueprint.response(204)
def decide_leave(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID, person_id: UUID) -> None:
    """Decide a request for leave: whether it has 正当理由."""
    commands.decide_leave(conn, viewer, meeting_id, person_id, granted=data["granted"], note=data["note"])


@blueprint.route("/<uuid:meeting_id>/attendance", methods=["POST"])
@door.write(permissions.RUN_MEETING)
@blueprint.arguments(schemas.MarksMade)
@blueprint.response(204)
def mark(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> None:
    """Mark the attendance of several people at once."""
    commands.mark(conn, viewer, door.vault(), meeting_id, [Mark(**one) for one in data["marks"]], data["change_reason"])


@blueprint.route("/<uuid:meeting_id>/guests", methods=["POST"])
@door.write(permissions.RUN_MEETING)
@blueprint.arguments(schemas.GuestInvited)
@blueprint.response(201, schemas.GuestShown)
def add_guest(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> Attendee:
    """Enter somebody invited: outside the quorum, without a vote."""
    return commands.add_guest(conn, viewer, meeting_id, **data)


@blueprint.route("/<uuid:meeting_id>/presentations", methods=["POST"])
@door.write(permissions.RUN_MEETING)
@blueprint.arguments(schemas.Presented)
@blueprint.response(201, schemas.PresentationShown)
def present(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> Presentation:
    """Record how a member presented."""
    return commands.present(conn, viewer, meeting_id, **data)


@blueprint.route("/<uuid:meeting_id>/comments", methods=["POST"])
@door.write(permissions.RUN_MEETING)
@blueprint.arguments(schemas.Commented)
@blueprint.response(201, schemas.CommentShown)
def comment(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> Comment:
    """Record the comment of a member."""
    return commands.comment(conn, viewer, meeting_id, **data)


@blueprint.route("/<uuid:meeting_id>/discussion", methods=["POST"])
@door.write(permissions.RUN_MEETING)
@blueprint.arguments(schemas.Text)
@blueprint.response(201, schemas.NoteShown)
def discuss(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> Note:
    """Add a paragraph to the notes of the discussion."""
    return commands.discuss(conn, viewer, meeting_id, data["text"])
