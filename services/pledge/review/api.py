"""The JSON side of 审诺."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.review import commands, reading, schemas
from services.pledge.review.domain import Review, Verdict
from services.pledge.review.store import Waiting
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("review", __name__, url_prefix="/pledge/api", description="审诺")


@blueprint.route("/reviews", methods=["GET"])
@door.read(permissions.REVIEW)
@blueprint.arguments(schemas.QueueAsked, location="query")
@blueprint.response(200, schemas.WaitingShown(many=True))
def list_waiting(conn: Connection, viewer: Viewer, asked: dict[str, Any]) -> list[Waiting]:
    """List what waits for one's own decision, the oldest first, a hundred a page; each says how many wait in all."""
    return reading.queue(conn, viewer, asked["page"]).waiting


@blueprint.route("/pledges/<uuid:pledge_id>/reviews", methods=["GET"])
@door.read(permissions.READ_REVIEWS)
@blueprint.response(200, schemas.CaseShown)
def show(conn: Connection, viewer: Viewer, pledge_id: UUID) -> dict[str, Any]:
    """Show the rounds of a pledge, and to its reviewer the standards, hints and likes."""
    case = reading.show(conn, viewer, pledge_id)
    matter = case.matter
    return {
        "version": matter.version.number if matter else None,
        "step": matter.step if matter else None,
        "checklist": matter.scheme.pledge.checklist if matter else [],
        "open": case.open,
        "refused": case.refused,
        "hints": case.view.hints,
        "likes": case.likes,
        "rounds": [one.review for one in case.rounds],
    }


@blueprint.route("/pledges/<uuid:pledge_id>/reviews", methods=["POST"])
@door.write(permissions.REVIEW)
@blueprint.arguments(schemas.VerdictWritten)
@blueprint.response(201, schemas.ReviewShown)
def decide(conn: Connection, viewer: Viewer, verdict: Verdict, pledge_id: UUID) -> Review:
    """Pass a pledge at its step, or send it back with advice."""
    return commands.decide(conn, viewer, pledge_id, verdict)
