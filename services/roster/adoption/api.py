"""JSON endpoints on what organisations follow."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.roster import permissions
from services.roster.adoption import commands, schemas, store
from services.roster.adoption.commands import Choice
from services.roster.adoption.domain import InForce
from services.roster.scheme import store as versions
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("adoption", __name__, url_prefix="/roster/api", description="采用制度方案")


@blueprint.route("/adoptions", methods=["POST"])
@door.write(permissions.ADOPT)
@blueprint.arguments(schemas.Adopt)
@blueprint.response(201, schemas.InForceShown)
def adopt(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> InForce:
    """Let an organisation follow a scheme from now on, with changes where its superior leaves them open."""
    organization_id = data.pop("organization_id")
    return commands.adopt(conn, viewer, permissions.ADOPT, organization_id, Choice(**data))


@blueprint.route("/adoptions", methods=["GET"])
@door.read(permissions.READ_SCHEMES)
@blueprint.response(200, schemas.InForceShown(many=True))
def list_in_force(conn: Connection, viewer: Viewer) -> list[InForce]:
    """List what is in force where, for every organisation that decided itself."""
    return store.list_in_force(conn, viewer.tenant_id)


@blueprint.route("/organizations/<uuid:organization_id>/scheme", methods=["GET"])
@door.read(permissions.READ_SCHEMES)
@blueprint.response(200, schemas.FollowedShown)
def show_followed(conn: Connection, viewer: Viewer, organization_id: UUID) -> dict[str, Any]:
    """Show what an organisation follows, its own or inherited, with every setting."""
    organization = commands.access(conn, viewer, permissions.READ_SCHEMES, organization_id)
    found = commands.following(conn, organization)
    version = versions.get_version(conn, viewer.tenant_id, found.scheme_id, found.scheme_version)
    return {**asdict(found), "document": str(version.document), "settings": version.settings}
