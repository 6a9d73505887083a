"""The JSON side of measures."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.measure import commands, schemas
from services.pledge.measure.domain import Announcement, Kind, Measure, Text
from services.pledge.turning import PageAsked
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("measure", __name__, url_prefix="/pledge/api/measures", description="督促措施")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_MEASURE)
@blueprint.arguments(schemas.MeasuresAsked, location="query")
@blueprint.response(200, schemas.MeasureShown(many=True))
def list_measures(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[dict[str, Any]]:
    """List the measures on a pledge."""
    found = commands.list_of_pledge(conn, viewer, door.vault(), data["pledge_id"])
    return [{**vars(measure), **vars(text)} for measure, text in found]


@blueprint.route("/announcements", methods=["GET"])
@door.read(permissions.READ_ANNOUNCEMENTS)
@blueprint.arguments(PageAsked, location="query")
@blueprint.response(200, schemas.AnnouncementShown(many=True))
def list_announced(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Sequence[Announcement]:
    """List a page of what was announced to members and masses of one's organisations, the newest first."""
    return commands.list_announced(conn, viewer, data["page"]).lines


@blueprint.route("/help", methods=["POST"])
@door.write(permissions.RECORD_HELP)
@blueprint.arguments(schemas.HelpWritten)
@blueprint.response(201, schemas.MeasureShort)
def record_help(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Measure:
    """Record that somebody was reminded and helped."""
    return _propose(conn, viewer, {**data, "kind": Kind.HELP, "skip_reason": ""})


@blueprint.route("", methods=["POST"])
@door.write(permissions.TAKE_MEASURE)
@blueprint.arguments(schemas.MeasureWritten)
@blueprint.response(201, schemas.MeasureShort)
def propose(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Measure:
    """Propose a measure; who is concerned is heard before the decision."""
    return _propose(conn, viewer, data)


@blueprint.route("/<uuid:measure_id>", methods=["GET"])
@door.read(permissions.READ_MEASURE)
@blueprint.response(200, schemas.MeasureShown)
def show(conn: Connection, viewer: Viewer, measure_id: UUID) -> dict[str, Any]:
    """Show a measure to who is concerned and the officers; the reading is noted."""
    measure, text = commands.read(conn, viewer, door.vault(), measure_id)
    return {**vars(measure), **vars(text)}


@blueprint.route("/<uuid:measure_id>/reply", methods=["POST"])
@door.write(permissions.REPLY_MEASURE)
@blueprint.arguments(schemas.MeasureReplied)
@blueprint.response(200, schemas.MeasureShort)
def reply(conn: Connection, viewer: Viewer, data: dict[str, Any], measure_id: UUID) -> Measure:
    """Reply, or waive the reply."""
    return commands.hear(conn, viewer, door.vault(), measure_id, **data)


@blueprint.route("/<uuid:measure_id>/decision", methods=["POST"])
@door.write(permissions.TAKE_MEASURE)
@blueprint.arguments(schemas.MeasureDecided)
@blueprint.response(200, schemas.MeasureShort)
def decide(conn: Connection, viewer: Viewer, data: dict[str, Any], measure_id: UUID) -> Measure:
    """Decide, as the superior."""
    return commands.decide(conn, viewer, door.vault(), measure_id, **data)


@blueprint.route("/<uuid:measure_id>/drop", methods=["POST"])
@door.write(permissions.TAKE_MEASURE)
@blueprint.arguments(schemas.MeasureDropped)
@blueprint.response(200, schemas.MeasureShort)
def drop(conn: Connection, viewer: Viewer, data: dict[str, Any], measure_id: UUID) -> Measure:
    """Refrain from a measure."""
    return commands.drop(conn, viewer, door.vault(), measure_id, data["reason"])


@blueprint.route("/<uuid:measure_id>/acceptance", methods=["POST"])
@door.write(permissions.TAKE_MEASURE)
@blueprint.arguments(schemas.MeasureAccepted)
@blueprint.response(200, schemas.MeasureShort)
def accept(conn: Connection, viewer: Viewer, data: dict[str, Any], measure_id: UUID) -> Measure:
    """Accept what was put right, or not."""
    return commands.accept(conn, viewer, door.vault(), measure_id, data["result"], passed=data["passed"])


def _propose(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Measure:
    return commands.propose(
        conn, viewer, door.vault(), data["pledge_id"], Kind(data["kind"]), Text(data["grounds"], data["content"]),
        item_id=data["item_id"], on=data["on"], skip_reason=data["skip_reason"],
    )  # fmt: skip
