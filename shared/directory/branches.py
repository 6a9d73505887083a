"""Branches as the services need them: who belongs, who stands above, which may be read."""

from uuid import UUID

from shared.auth import Permission, Viewer
from shared.db import Connection
from shared.directory import store
from shared.directory.domain import MEETS, PARTY, Kind, Organization, Person, Standing


def list_people(conn: Connection, tenant_id: UUID, organization_id: UUID) -> list[Person]:
    """Give the members and activists of a branch and of its 党小组 (R-003), in 姓氏笔画 order."""
    branch = store.get_organization(conn, tenant_id, organization_id)
    groups = [one for one in store.list_below(conn, branch) if one.kind is Kind.GROUP]
    people = [person for one in [branch, *groups] for person in store.list_people(conn, tenant_id, one.id)]
    found = [person for person in people if person.standing in {*PARTY, Standing.ACTIVIST}]
    return sorted(found, key=lambda person: (person.stroke_key, person.number))


def list_members(conn: Connection, tenant_id: UUID, organization_id: UUID) -> list[Person]:
    """Give the members only."""
    return [person for person in list_people(conn, tenant_id, organization_id) if person.is_member]


def of(conn: Connection, tenant_id: UUID, organization_id: UUID) -> Organization:
    """Give the branch of somebody who belongs to an organisation: for a 党小组 the one above it."""
    organization = store.get_organization(conn, tenant_id, organization_id)
    if organization.kind is Kind.GROUP and organization.parent_id:
        return store.get_organization(conn, tenant_id, organization.parent_id)
    return organization


def superior_of(conn: Connection, organization: Organization) -> Organization | None:
    """Give the nearest 党总支 or 党委 above: a branch reports to it (R-117)."""
    above = store.list_lineage(conn, organization)[:-1]
    kinds = {Kind.GENERAL_BRANCH, Kind.COMMITTEE}
    return next((one for one in reversed(above) if one.kind in kinds), None)


def list_readable(conn: Connection, viewer: Viewer, permission: Permission) -> list[Organization]:
    """Give the branches in which somebody holds a permission, in the order of their codes."""
    found: dict[UUID, Organization] = {}
    for root in store.list_at(conn, viewer.tenant_id, viewer.places(permission)):
        for one in store.list_below(conn, root):
            if one.kind in MEETS and viewer.may(permission, one.path):
                found[one.id] = one
    return sorted(found.values(), key=lambda one: one.path)
