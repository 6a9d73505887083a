"""The JSON door to awards: anybody may read a published one, the department may revoke it."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.notify import permissions
from services.notify.award import commands, schemas, view
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("award", __name__, url_prefix="/notify/api/awards", description="闪光言行之星")


@blueprint.route("/<uuid:award_id>", methods=["GET"])
@door.public_read(permissions.READ_BOARD)
@blueprint.response(200, schemas.AwardShown)
def read_award(conn: Connection, award_id: UUID) -> view.Shown:
    """Read a published award."""
    return view.public(conn, award_id)


@blueprint.route("/<uuid:award_id>/revoke", methods=["POST"])
@door.write(permissions.REVOKE_AWARD)
@blueprint.arguments(schemas.Revoke)
@blueprint.response(200, schemas.AwardShown)
def revoke_award(conn: Connection, viewer: Viewer, data: dict[str, Any], award_id: UUID) -> view.Shown:
    """Take back a published award."""
    award = commands.access(conn, viewer, permissions.REVOKE_AWARD, award_id)
    commands.revoke(conn, award, door.vault().seal(data["reason"]), clock.today(), viewer.id)
    return view.public(conn, award_id)
