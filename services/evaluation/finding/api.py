"""The JSON side of findings."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.evaluation import permissions
from services.evaluation.finding import commands, schemas
from services.evaluation.finding.domain import Finding
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "finding", __name__, url_prefix="/evaluation/api/findings", description="不能评选情形的认定"
)


@blueprint.route("", methods=["POST"])
@door.write(permissions.PROPOSE_FINDING)
@blueprint.arguments(schemas.Proposed)
@blueprint.response(201, schemas.FindingShown)
def propose(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Finding:
    """Propose a finding about a member."""
    return commands.propose(conn, viewer, door.vault(), data)


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_FINDING)
@blueprint.arguments(schemas.FindingsAsked, location="query")
@blueprint.response(200, schemas.FindingShown(many=True))
def list_findings(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Finding]:
    """List the findings of a branch that the viewer may know of, the newest first, fifty to a page."""
    return commands.list_visible(conn, viewer, data["organization_id"], data["page"])


@blueprint.route("/<uuid:finding_id>", methods=["GET"])
@door.read(permissions.READ_FINDING)
@blueprint.response(200, schemas.FindingRead)
def read(conn: Connection, viewer: Viewer, finding_id: UUID) -> dict[str, Any]:
    """Read a finding with facts, reply and decision; the reading is noted."""
    finding = commands.access(conn, viewer, permissions.READ_FINDING, finding_id, lock=False)
    return schemas.read(finding, commands.open_text(conn, viewer, finding, door.vault()))


@blueprint.route("/<uuid:finding_id>/hearing", methods=["POST"])
@door.write(permissions.DECIDE_FINDING)
@blueprint.arguments(schemas.Nothing)
@blueprint.response(200, schemas.FindingShown)
def hear(conn: Connection, viewer: Viewer, data: dict[str, Any], finding_id: UUID) -> Finding:
    """Tell the member the facts; the period for a reply begins."""
    return commands.hear(conn, viewer, finding_id)


@blueprint.route("/<uuid:finding_id>/reply", methods=["POST"])
@door.write(permissions.REPLY_FINDING)
@blueprint.arguments(schemas.Replied)
@blueprint.response(200, schemas.FindingShown)
def reply(conn: Connection, viewer: Viewer, data: dict[str, Any], finding_id: UUID) -> Finding:
    """Reply, as the member concerned, or waive the reply."""
    return commands.reply(conn, viewer, door.vault(), finding_id, data["text"], waived=data["waived"])


@blueprint.route("/<uuid:finding_id>/decision", methods=["POST"])
@door.write(permissions.DECIDE_FINDING)
@blueprint.arguments(schemas.Decided)
@blueprint.response(200, schemas.FindingShown)
def decide(conn: Connection, viewer: Viewer, data: dict[str, Any], finding_id: UUID) -> Finding:
    """Record the decision of the branch committee."""
    return commands.decide(conn, viewer, door.vault(), finding_id, data)


@blueprint.route("/<uuid:finding_id>/review", methods=["POST"])
@door.write(permissions.REVIEW_FINDING)
@blueprint.arguments(schemas.Reviewed)
@blueprint.response(200, schemas.FindingShown)
def review(conn: Connection, viewer: Viewer, data: dict[str, Any], finding_id: UUID) -> Finding:
    """Record the review by the general branch or a discipline officer, never by who decided."""
    return commands.review(conn, viewer, door.vault(), finding_id, upheld=data["upheld"], statement=data["statement"])


@blueprint.route("/<uuid:finding_id>/withdraw", methods=["POST"])
@door.write(permissions.DECIDE_FINDING)
@blueprint.arguments(schemas.Reason)
@blueprint.response(200, schemas.FindingShown)
def withdraw(conn: Connection, viewer: Viewer, data: dict[str, Any], finding_id: UUID) -> Finding:
    """Take a finding back."""
    return commands.withdraw(conn, viewer, door.vault(), finding_id, data["reason"])
