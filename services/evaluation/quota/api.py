"""The JSON side of places."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.evaluation import permissions
from services.evaluation.election import commands as elections
from services.evaluation.eligibility.commands import access
from services.evaluation.quota import commands, schemas
from services.evaluation.quota.domain import Quota
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("quota", __name__, url_prefix="/evaluation/api", description="名额")


@blueprint.route("/meetings/<uuid:meeting_id>/quota", methods=["GET"])
@door.read(permissions.READ_QUOTA)
@blueprint.response(200, schemas.QuotaShown)
def read(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Quota:
    """Show the places of a meeting's vote with their calculation."""
    prepared = elections.prepare(conn, access(conn, viewer, permissions.READ_QUOTA, meeting_id, lock=False))
    if prepared.quota is None:
        raise commands.NotAllotted
    return prepared.quota


@blueprint.route("/allotments", methods=["GET"])
@door.read(permissions.READ_QUOTA)
@blueprint.arguments(schemas.PoolAsked, location="query")
@blueprint.response(200, schemas.PoolShown)
def read_pool(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> dict[str, Any]:
    """Show what the largest remainders give the branches of a general branch."""
    return commands.pool_shown(conn, viewer, data["organization_id"], data["period"])


@blueprint.route("/allotments", methods=["POST"])
@door.write(permissions.ALLOT)
@blueprint.arguments(schemas.Allotted)
@blueprint.response(200, schemas.PoolShown)
def allot(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> dict[str, Any]:
    """Give the branches their places for a quarter, before they vote."""
    places = {one["organization_id"]: one["places"] for one in data["branches"]}
    commands.allot(conn, viewer, data["organization_id"], data["period"], places)
    return commands.pool_shown(conn, viewer, data["organization_id"], data["period"])
