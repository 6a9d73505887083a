"""The JSON side of inspections."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.inspection import commands, schemas
from services.pledge.inspection.domain import Inspection, Kind, Observation
from services.pledge.turning import PageAsked
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "inspection", __name__, url_prefix="/pledge/api/inspections", description="督查和抽查"
)


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_INSPECTION)
@blueprint.arguments(PageAsked, location="query")
@blueprint.response(200, schemas.InspectionShort(many=True))
def list_inspections(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Sequence[Inspection]:
    """List a page of the inspections that one may see, the newest first."""
    return commands.list_readable(conn, viewer, data["page"]).lines


@blueprint.route("", methods=["POST"])
@door.write(permissions.RUN_INSPECTION)
@blueprint.arguments(schemas.InspectionWritten)
@blueprint.response(201, schemas.InspectionShort)
def inspect(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Inspection:
    """Enter an inspection; for a random one draw the sample."""
    return commands.inspect(conn, viewer, **{**data, "kind": Kind(data["kind"])})


@blueprint.route("/<uuid:inspection_id>", methods=["GET"])
@door.read(permissions.READ_INSPECTION)
@blueprint.response(200, schemas.InspectionShown)
def show(conn: Connection, viewer: Viewer, inspection_id: UUID) -> dict[str, Any]:
    """Show an inspection: whole to who inspects, to a branch what was found in it."""
    seen = commands.read(conn, viewer, inspection_id)
    sample = {} if seen.whole else {"seed": "", "listed": [], "drawn": []}
    return {**vars(seen.inspection), **sample, "observations": seen.observations}


@blueprint.route("/<uuid:inspection_id>/observations", methods=["POST"])
@door.write(permissions.RUN_INSPECTION)
@blueprint.arguments(schemas.ObservationWritten)
@blueprint.response(201, schemas.ObservationShown)
def observe(conn: Connection, viewer: Viewer, data: dict[str, Any], inspection_id: UUID) -> Observation:
    """Note what was found."""
    return commands.observe(conn, viewer, inspection_id, **data)


@blueprint.route("/observations/<uuid:observation_id>/result", methods=["POST"])
@door.write(permissions.FOLLOW_UP_INSPECTION)
@blueprint.arguments(schemas.ObservationFinished)
@blueprint.response(200, schemas.ObservationShown)
def finish(conn: Connection, viewer: Viewer, data: dict[str, Any], observation_id: UUID) -> Observation:
    """Note what was put right."""
    return commands.finish(conn, viewer, observation_id, **data)
