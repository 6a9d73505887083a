"""The JSON side of eligibility: under the meeting it belongs to."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.evaluation import permissions
from services.evaluation.eligibility import commands, schemas
from services.evaluation.meeting.domain import Meeting
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "eligibility", __name__, url_prefix="/evaluation/api/meetings", description="候选人资格审查"
)


@blueprint.route("/<uuid:meeting_id>/eligibility", methods=["GET"])
@door.read(permissions.READ_ELIGIBILITY)
@blueprint.response(200, schemas.ReviewedShown(many=True))
def read(conn: Connection, viewer: Viewer, meeting_id: UUID) -> list[dict[str, Any]]:
    """Show every member with all obstacles."""
    meeting = commands.access(conn, viewer, permissions.READ_ELIGIBILITY, meeting_id, lock=False)
    return _shown(conn, viewer, meeting)


@blueprint.route("/<uuid:meeting_id>/eligibility", methods=["POST"])
@door.write(permissions.DECIDE_PROPOSAL)
@blueprint.arguments(schemas.DecisionsGiven)
@blueprint.response(200, schemas.ReviewedShown(many=True))
def decide(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> list[dict[str, Any]]:
    """Decide what the system proposed."""
    return _shown(conn, viewer, commands.decide(conn, viewer, meeting_id, data["decisions"]))


def _shown(conn: Connection, viewer: Viewer, meeting: Meeting) -> list[dict[str, Any]]:
    path = directory.get_organization(conn, meeting.tenant_id, meeting.organization_id).path
    findings = viewer.may(permissions.READ_SENSITIVE_FINDING, path)
    reviewed = commands.review(conn, meeting, commands.scheme_of(conn, meeting))
    return [schemas.shown(one, findings=findings) for one in reviewed]
