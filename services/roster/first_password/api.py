"""JSON endpoints of initial passwords for an organisation."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.roster import permissions
from services.roster.first_password import commands, schemas
from services.roster.first_password.domain import Overview, Slips
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("first_password", __name__, url_prefix="/roster/api/organizations", description="初始密码条")


@blueprint.route("/<uuid:organization_id>/first-passwords", methods=["GET"])
@door.read(permissions.SET_PASSWORD)
@blueprint.response(200, schemas.OverviewShown)
def show_waiting(conn: Connection, viewer: Viewer, organization_id: UUID) -> Overview:
    """Show how many of an organisation and below have no password of their own yet."""
    return commands.overview(conn, viewer, permissions.SET_PASSWORD, organization_id)


@blueprint.route("/<uuid:organization_id>/first-passwords", methods=["POST"])
@door.write(permissions.SET_PASSWORD, once=True)
@blueprint.arguments(schemas.SlipsWanted)
@blueprint.response(201, schemas.SlipsShown)
def make_slips(
    conn: Connection, viewer: Viewer, data: dict[str, Any], organization_id: UUID
) -> tuple[Slips, int, dict[str, str]]:
    """Give people without an own password initial ones, at most a hundred a request; no answer shows them again.

    The same `Idempotency-Key` is refused (`answered_once`): what the first answer showed stays valid. Who lost that
    answer asks under another key for those whose password is `unused`.
    """
    made = commands.make(conn, viewer, permissions.SET_PASSWORD, organization_id, data["whom"])
    return made, 201, schemas.ONCE
