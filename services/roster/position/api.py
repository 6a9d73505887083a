"""JSON endpoints on positions."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.roster import permissions
from services.roster.position import commands, schemas
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Position, Role
from shared.web import door

blueprint = Blueprint("position", __name__, url_prefix="/roster/api/positions", description="任职")


@blueprint.route("", methods=["POST"])
@door.write(permissions.APPOINT)
@blueprint.arguments(schemas.Appointment)
@blueprint.response(201, schemas.PositionShown)
def appoint(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Position:
    """Give a person a role in an organisation; roles above the branch need a wider permission."""
    return commands.appoint(
        conn, viewer, data["person_id"], data["organization_id"], Role(data["role"]), data["starts_on"]
    )


@blueprint.route("/<uuid:position_id>/end", methods=["POST"])
@door.write(permissions.APPOINT)
@blueprint.arguments(schemas.PositionEnd)
@blueprint.response(200, schemas.PositionShown)
def end(conn: Connection, viewer: Viewer, data: dict[str, Any], position_id: UUID) -> Position:
    """Give a position its last day."""
    return commands.end(conn, viewer, position_id, data["ends_on"])
