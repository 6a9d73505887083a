"""JSON endpoints on organisations."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.roster import permissions
from services.roster.organization import commands, schemas
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization
from shared.web import door

blueprint = Blueprint("organization", __name__, url_prefix="/roster/api/organizations", description="组织")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_ORGANIZATION)
@blueprint.response(200, schemas.OrganizationRecord(many=True))
def list_organizations(conn: Connection, viewer: Viewer) -> list[Organization]:
    """List the active organisations of the university in the order of the tree; external superiors first."""
    return [each for each in commands.tree(conn, viewer.tenant_id) if each.active]


@blueprint.route("", methods=["POST"])
@door.write(permissions.WRITE_ORGANIZATION)
@blueprint.arguments(schemas.OrganizationEntry)
@blueprint.response(201, schemas.OrganizationRecord)
def enter_organization(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Organization:
    """Enter an organisation below another; only an external superior stands alone."""
    return commands.enter_below(conn, viewer, permissions.WRITE_ORGANIZATION, data)


@blueprint.route("/<uuid:organization_id>", methods=["GET"])
@door.read(permissions.READ_ORGANIZATION)
@blueprint.response(200, schemas.OrganizationRecord)
def show_organization(conn: Connection, viewer: Viewer, organization_id: UUID) -> Organization:
    """Show an organisation."""
    return commands.access(conn, viewer, permissions.READ_ORGANIZATION, organization_id)


@blueprint.route("/<uuid:organization_id>", methods=["PATCH"])
@door.write(permissions.WRITE_ORGANIZATION)
@blueprint.arguments(schemas.OrganizationChange)
@blueprint.response(200, schemas.OrganizationRecord)
def change_organization(conn: Connection, viewer: Viewer, data: dict[str, Any], organization_id: UUID) -> Organization:
    """Rename or move an organisation, or change its particulars; all below move with it."""
    return commands.change(conn, viewer, permissions.WRITE_ORGANIZATION, organization_id, data)


@blueprint.route("/<uuid:organization_id>/close", methods=["POST"])
@door.write(permissions.WRITE_ORGANIZATION)
@blueprint.response(200, schemas.OrganizationRecord)
def close_organization(conn: Connection, viewer: Viewer, organization_id: UUID) -> Organization:
    """Close an organisation in which nobody and nothing stands any more."""
    return commands.close(conn, viewer, permissions.WRITE_ORGANIZATION, organization_id)
