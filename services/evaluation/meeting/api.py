"""The JSON side of meetings: announcing, answering, opening, ending; the sitting itself is in `sitting_api`."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.evaluation import permissions
from services.evaluation.meeting import commands, proceedings, schemas, store
from services.evaluation.meeting.commands import Announcement
from services.evaluation.meeting.domain import Meeting, Note
from shared import clock, period
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches as branch
from shared.web import door

blueprint = flask_smorest.Blueprint("meeting", __name__, url_prefix="/evaluation/api/meetings", description="支部会议")


@blueprint.route("", methods=["POST"])
@door.write(permissions.RUN_MEETING)
@blueprint.arguments(schemas.Announced)
@blueprint.response(201, schemas.MeetingShown)
def announce(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Meeting:
    """Announce a meeting to the superior; a late report needs a reason."""
    return commands.announce(conn, viewer, Announcement(**data))


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_MEETING)
@blueprint.arguments(schemas.MeetingsAsked, location="query")
@blueprint.response(200, schemas.MeetingShown(many=True))
def list_meetings(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Meeting]:
    """List the meetings of a quarter (the present one when none is named) in the branches that the viewer may read."""
    wanted, quarter = data["organization_id"], data["period"] or period.of(clock.today())
    readable = [one.id for one in branch.list_readable(conn, viewer, permissions.READ_MEETING)]
    return store.list_meetings(conn, viewer.tenant_id, [one for one in readable if wanted in {None, one}], quarter)


@blueprint.route("/<uuid:meeting_id>", methods=["GET"])
@door.read(permissions.READ_MEETING)
@blueprint.response(200, schemas.ProceedingsShown)
def read(conn: Connection, viewer: Viewer, meeting_id: UUID) -> dict[str, Any]:
    """Show a meeting with attendance, presentations, comments and what is missing."""
    return schemas.shown(proceedings.load(conn, viewer, meeting_id, vault=door.vault()))


@blueprint.route("/<uuid:meeting_id>/observer", methods=["POST"])
@door.write(permissions.APPOINT_OBSERVER)
@blueprint.arguments(schemas.ObserverChosen)
@blueprint.response(200, schemas.MeetingShown)
def appoint(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> Meeting:
    """Appoint an observer, or say why none comes."""
    return commands.appoint(conn, viewer, meeting_id, data["person_id"], data["reason"], data["number"])


@blueprint.route("/<uuid:meeting_id>/open", methods=["POST"])
@door.write(permissions.RUN_MEETING)
@blueprint.arguments(schemas.Opened)
@blueprint.response(200, schemas.MeetingShown)
def open_meeting(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> Meeting:
    """Open the meeting; entries of the quarter close."""
    return commands.open_(conn, viewer, meeting_id, chair=data["chair"], recorder=data["recorder"])


@blueprint.route("/<uuid:meeting_id>/close", methods=["POST"])
@door.write(permissions.RUN_MEETING)
@blueprint.arguments(schemas.Closed)
@blueprint.response(200, schemas.MeetingShown)
def close(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> Meeting:
    """End the meeting and lock its minutes."""
    return commands.close(conn, viewer, meeting_id, data["summary"])


@blueprint.route("/<uuid:meeting_id>/cancel", methods=["POST"])
@door.write(permissions.RUN_MEETING)
@blueprint.arguments(schemas.Cancelled)
@blueprint.response(200, schemas.MeetingShown)
def cancel(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> Meeting:
    """Call the meeting off, with a reason."""
    return commands.cancel(conn, viewer, meeting_id, data["reason"])


@blueprint.route("/<uuid:meeting_id>/corrections", methods=["POST"])
@door.write(permissions.RUN_MEETING)
@blueprint.arguments(schemas.Text)
@blueprint.response(201, schemas.NoteShown)
def correct(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> Note:
    """Add a correction to locked minutes."""
    return commands.correct(conn, viewer, meeting_id, data["text"])
