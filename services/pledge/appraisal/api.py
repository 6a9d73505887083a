"""The JSON side of appraisals."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.appraisal import commands, schemas, view
from services.pledge.appraisal.domain import Appraisal, Comment
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "appraisal", __name__, url_prefix="/pledge/api/appraisals", description="每份承诺的评诺"
)


@blueprint.route("/<uuid:appraisal_id>", methods=["GET"])
@door.read(permissions.READ_APPRAISAL)
@blueprint.response(200, schemas.AppraisalWhole)
def show(conn: Connection, viewer: Viewer, appraisal_id: UUID) -> dict[str, Any]:
    """Show an appraisal; its pledger sees what others said once it is decided."""
    seen = view.show(conn, viewer, door.vault(), appraisal_id)
    found = seen.evidence
    counts = [
        {"source": one.source, "people": one.people, "hidden": one.hidden, "said": one.counts.get(found.key, {})}
        for one in seen.counts
    ]
    return {
        "appraisal": seen.appraisal, "figures": found.figures, "attendance": found.attendance,
        "remarks": found.remarks, "own": found.own,
        "comments": seen.comments, "counts": counts, "satisfaction": found.satisfaction if seen.told else [],
        "expected": found.expected if seen.judges else None, "obstacles": found.obstacles if seen.judges else [],
        "reason": seen.reason, "reply": seen.reply,
    }  # fmt: skip


@blueprint.route("/<uuid:appraisal_id>/self", methods=["PUT"])
@door.write(permissions.APPRAISE_SELF)
@blueprint.arguments(schemas.OwnWritten)
@blueprint.response(200, schemas.AppraisalShown)
def say_own(conn: Connection, viewer: Viewer, data: dict[str, Any], appraisal_id: UUID) -> Appraisal:
    """Say something of the own pledge, matter by matter."""
    return commands.say_own(conn, viewer, door.vault(), appraisal_id, data["own"], data["entry_reason"])


@blueprint.route("/<uuid:appraisal_id>/comment", methods=["PUT"])
@door.write(permissions.COMMENT_APPRAISAL)
@blueprint.arguments(schemas.CommentWritten)
@blueprint.response(200, schemas.AppraisalShown)
def comment(conn: Connection, viewer: Viewer, data: Comment, appraisal_id: UUID) -> Appraisal:
    """Comment for the organisation, or as a leader: 成绩、问题、努力方向."""
    return commands.comment(conn, viewer, door.vault(), appraisal_id, data)


@blueprint.route("/<uuid:appraisal_id>/decide", methods=["POST"])
@door.write(permissions.DECIDE_APPRAISAL)
@blueprint.arguments(schemas.Decision)
@blueprint.response(200, schemas.AppraisalShown)
def decide(conn: Connection, viewer: Viewer, data: dict[str, Any], appraisal_id: UUID) -> Appraisal:
    """Decide on the grade."""
    return commands.decide(conn, viewer, door.vault(), appraisal_id, **data)


@blueprint.route("/<uuid:appraisal_id>/reply", methods=["POST"])
@door.write(permissions.REPLY_APPRAISAL)
@blueprint.arguments(schemas.ReplyWritten)
@blueprint.response(200, schemas.AppraisalShown)
def reply(conn: Connection, viewer: Viewer, data: dict[str, Any], appraisal_id: UUID) -> Appraisal:
    """Say something to the result."""
    return commands.reply(conn, viewer, door.vault(), appraisal_id, **data)
