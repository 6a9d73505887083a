"""Pages on organisations: the tree, one organisation with its people, and its forms."""

from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response

from services.roster import permissions
from services.roster.organization import commands, schemas
from services.roster.organization.domain import PARENTS
from services.roster.person import store as people
from services.roster.position import store as positions
from services.roster.position.domain import PLACES
from services.roster.position.rules import permission_for
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import KIND_NAMES, ROLE_NAMES, UNIT_TYPES, Kind, Organization
from shared.web import door, forms

blueprint = Blueprint("organization_pages", __name__, url_prefix="/roster/organizations")


@blueprint.get("/")
@door.read(permissions.READ_ORGANIZATION)
def show_tree(conn: Connection, viewer: Viewer) -> str:
    """Show all organisations as a tree, with the number of members of each and of all below it."""
    return flask.render_template(
        "roster/organization/tree.html",
        branchings=commands.with_members(conn, viewer.tenant_id),
        may_import=viewer.holds(permissions.IMPORT),
        may_enter=viewer.holds(permissions.WRITE_ORGANIZATION),
    )


@blueprint.get("/<uuid:organization_id>")
@door.read(permissions.READ_ORGANIZATION)
def show(conn: Connection, viewer: Viewer, organization_id: UUID) -> str:
    """Show one organisation: who holds what, who belongs to it (（按姓氏笔画为序）), what stands below."""
    organization = commands.access(conn, viewer, permissions.READ_ORGANIZATION, organization_id)
    path = organization.path
    sees_names = viewer.may(permissions.READ_NAMES, path)
    everybody = commands.tree(conn, viewer.tenant_id)
    return flask.render_template(
        "roster/organization/show.html",
        organization=organization,
        parent=next((each for each in everybody if each.id == organization.parent_id), None),
        children=[each for each in everybody if each.parent_id == organization.id and each.active],
        holders=positions.list_holders(conn, viewer.tenant_id, organization.id, clock.today()),
        people=people.list_in(conn, viewer.tenant_id, organization.id) if sees_names else None,
        sees_details=viewer.may(permissions.READ_PERSON, path),
        may_write=viewer.may(permissions.WRITE_ORGANIZATION, path),
        may_enter=viewer.may(permissions.WRITE_PERSON, path),
        may_set_passwords=viewer.may(permissions.SET_PASSWORD, path),
        appointable=_appointable(viewer, organization),
    )


@blueprint.get("/<uuid:organization_id>/edit")
@door.read(permissions.WRITE_ORGANIZATION)
def edit(conn: Connection, viewer: Viewer, organization_id: UUID) -> str:
    """Show the form that changes or moves an organisation."""
    organization = commands.access(conn, viewer, permissions.WRITE_ORGANIZATION, organization_id)
    above = [
        each
        for each in commands.tree(conn, viewer.tenant_id)
        if each.active and each.kind in PARENTS[organization.kind] and not each.path.startswith(organization.path)
    ]
    return flask.render_template(
        "roster/organization/edit.html",
        organization=organization,
        parents=[(each.id, each.name) for each in above],
        unit_types=[(name, name) for name in UNIT_TYPES],
    )


@blueprint.post("/<uuid:organization_id>")
@door.write(permissions.WRITE_ORGANIZATION)
def change(conn: Connection, viewer: Viewer, organization_id: UUID) -> Response:
    """Change or move an organisation."""
    data = forms.load(schemas.OrganizationChange())
    data |= dict.fromkeys(forms.emptied("phone", "address", "unit_type"), "")
    after = commands.change(conn, viewer, permissions.WRITE_ORGANIZATION, organization_id, data)
    flask.flash(f"已保存{after.name}。")
    return _to(after.id)


@blueprint.get("/<uuid:organization_id>/new")
@door.read(permissions.WRITE_ORGANIZATION)
def draft(conn: Connection, viewer: Viewer, organization_id: UUID) -> str:
    """Show the form for a new organisation below this one."""
    parent = commands.access(conn, viewer, permissions.WRITE_ORGANIZATION, organization_id)
    return flask.render_template(
        "roster/organization/new.html",
        parent=parent,
        kinds=[(kind, KIND_NAMES[kind]) for kind in Kind if parent.kind in PARENTS[kind]],
        unit_types=[(name, name) for name in UNIT_TYPES],
    )


@blueprint.post("/")
@door.write(permissions.WRITE_ORGANIZATION)
def enter(conn: Connection, viewer: Viewer) -> Response:
    """Enter a new organisation."""
    data = forms.load(schemas.OrganizationEntry())
    made = commands.enter_below(conn, viewer, permissions.WRITE_ORGANIZATION, data)
    flask.flash(f"已登记{made.name}。")
    return _to(made.id)


@blueprint.post("/<uuid:organization_id>/close")
@door.write(permissions.WRITE_ORGANIZATION)
def close(conn: Connection, viewer: Viewer, organization_id: UUID) -> Response:
    """Close an organisation."""
    closed = commands.close(conn, viewer, permissions.WRITE_ORGANIZATION, organization_id)
    flask.flash(f"已撤销{closed.name}。")
    return flask.redirect("/roster/organizations/", 303)


def _appointable(viewer: Viewer, organization: Organization) -> list[tuple[str, str]]:
    return [
        (role, ROLE_NAMES[role])
        for role, kinds in PLACES.items()
        if organization.kind in kinds and viewer.may(permission_for(role), organization.path)
    ]


def _to(organization_id: UUID) -> Response:
    return flask.redirect(f"/roster/organizations/{organization_id}", 303)
