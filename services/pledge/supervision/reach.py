"""Which organisations somebody supervises, and who stands above one."""

from uuid import UUID

from shared.auth import Permission, Reach, Viewer
from shared.db import Connection
from shared.directory import branches, store
from shared.directory.domain import Kind, Organization

PLEDGING = {Kind.COMMITTEE, Kind.GENERAL_BRANCH, Kind.DIRECT_BRANCH, Kind.BRANCH}
"""Kinds of organisation in which pledges are made."""


def organizations(conn: Connection, viewer: Viewer, permission: Permission) -> list[Organization]:
    """Give the organisations in which somebody holds a permission, in the order of the tree."""
    found: dict[UUID, Organization] = {}
    for root in store.list_at(conn, viewer.tenant_id, viewer.places(permission)):
        for one in store.list_below(conn, root):
            if one.kind in PLEDGING and one.active and viewer.may(permission, one.path):
                found[one.id] = one
    return sorted(found.values(), key=lambda one: one.path)


def is_inside(viewer: Viewer, permission: Permission, organization: Organization) -> bool:
    """Say whether somebody holds a permission as an officer of an organisation itself."""
    return any(
        held.path == organization.path and permission.grants.get(held.role, Reach.SELF) is not Reach.SELF
        for held in viewer.held
    )


def has_superior(conn: Connection, organization: Organization) -> bool:
    """Say whether a 党总支 or 党委 of the university stands above; the university's 党委 has none in the system."""
    return branches.superior_of(conn, organization) is not None


def is_above(viewer: Viewer, permission: Permission, organization: Organization) -> bool:
    """Say whether somebody holds a permission above an organisation, not only in it: the superior (R-075)."""
    return viewer.may(permission, organization.path) and any(
        path != organization.path and organization.path.startswith(path) for path in viewer.places(permission)
    )
