"""The JSON side of care."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.care import commands, schemas
from services.pledge.care.domain import Care, Hardship
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "care", __name__, url_prefix="/pledge/api/care", description="关怀老党员、生活困难党员"
)


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_CARE)
@blueprint.arguments(schemas.CareAsked, location="query")
@blueprint.response(200, schemas.CaredShown(many=True))
def list_cared(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[dict[str, Any]]:
    """List who is cared for in an organisation; the reading is noted."""
    return [
        {
            **vars(one.hardship),
            "name": one.person.name,
            "circumstances": one.circumstances,
            "given": [{"given_on": care.given_on, "text": text} for care, text in one.given],
        }
        for one in commands.list_of(conn, viewer, door.vault(), data["organization_id"])
    ]


@blueprint.route("", methods=["POST"])
@door.write(permissions.RECORD_CARE)
@blueprint.arguments(schemas.HardshipWritten)
@blueprint.response(201, schemas.HardshipShown)
def note(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Hardship:
    """Note that a member is to be cared for."""
    return commands.note(conn, viewer, door.vault(), **data)


@blueprint.route("/<uuid:person_id>/given", methods=["POST"])
@door.write(permissions.RECORD_CARE)
@blueprint.arguments(schemas.CareWritten)
@blueprint.response(201, schemas.CareShown)
def record(conn: Connection, viewer: Viewer, data: dict[str, Any], person_id: UUID) -> Care:
    """Record a visit or help."""
    return commands.record(conn, viewer, door.vault(), person_id, **data)


@blueprint.route("/<uuid:person_id>/end", methods=["POST"])
@door.write(permissions.RECORD_CARE)
@blueprint.arguments(schemas.CareEnded)
@blueprint.response(200, schemas.HardshipShown)
def end(conn: Connection, viewer: Viewer, data: dict[str, Any], person_id: UUID) -> Hardship:
    """Note that it is over."""
    return commands.end(conn, viewer, person_id, data["on"])
