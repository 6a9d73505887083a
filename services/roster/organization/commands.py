"""What is done with organisations: entered, changed, moved with all below, closed."""

from collections import defaultdict
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from services.roster.adoption import commands as adoptions
from services.roster.organization import rules, store
from services.roster.organization.domain import Branching, facts
from services.roster.position import commands as positions
from shared import clock
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Kind, Organization
from shared.events.roster import OrganizationChanged
from shared.messaging import tell


def access(conn: Connection, viewer: Viewer, permission: Permission, organization_id: UUID) -> Organization:
    """Give an organisation that the viewer may deal with. Raises `NotAllowed`, `OrganizationNotFound`."""
    return require(conn, viewer, permission, organization_id)


def publish(conn: Connection, organization: Organization) -> None:
    """Keep an organisation and tell it to the other services."""
    known = facts(organization)
    directory.save_organization(conn, organization.tenant_id, known)
    tell(conn, OrganizationChanged, tenant_id=organization.tenant_id, subject=organization.id, **known)


def enter(
    conn: Connection, tenant_id: UUID, parent: Organization | None, data: dict[str, Any], *, first: bool = False
) -> Organization:
    """Enter an organisation under a parent (none: the external superior, or the `first` of a tenant).

    Raises the refusals of `rules.placed`, and `CodeTaken`.
    """
    store.lock_roster(conn, tenant_id)
    drafted = Organization(
        tenant_id=tenant_id,
        id=uuid4(),
        version=1,
        parent_id=None,
        kind=Kind(data["kind"]),
        name=data["name"],
        code=data["code"],
        path="",
        unit_type=data.get("unit_type") or None,
        phone=data.get("phone", ""),
        address=data.get("address", ""),
        active=True,
    )
    organization = rules.placed(drafted, parent, first=first)
    _refuse_taken(conn, organization)
    publish(conn, organization)
    return organization


def enter_below(conn: Connection, viewer: Viewer, permission: Permission, data: dict[str, Any]) -> Organization:
    """Enter an organisation below one where the viewer holds the permission, or an external superior.

    A superior stands outside the tree, so it needs the permission at the top. Raises as `enter`, and `NotAllowed`.
    """
    parent_id = data.get("parent_id")
    place = parent_id or directory.get_top(conn, viewer.tenant_id).id
    parent = access(conn, viewer, permission, place)
    return enter(conn, viewer.tenant_id, parent if parent_id else None, data)


def tree(conn: Connection, tenant_id: UUID) -> list[Organization]:
    """Give every organisation of the university in the order of the tree, the external superiors first."""
    return sorted(store.list_all(conn, tenant_id), key=lambda each: (each.kind is not Kind.SUPERIOR, each.path))


def with_members(conn: Connection, tenant_id: UUID) -> list[Branching]:
    """Give the active organisations in the order of the tree, each with its depth and the members in and below it."""
    organizations = [each for each in tree(conn, tenant_id) if each.active]
    own = store.count_members(conn, tenant_id)
    totals: dict[str, int] = defaultdict(int)
    for each in organizations:
        for path in directory.lineage(each.path):
            totals[path] += own.get(each.id, 0)
    return [Branching(each, each.path.count("/") - 1, totals[each.path]) for each in organizations]


def change(
    conn: Connection, viewer: Viewer, permission: Permission, organization_id: UUID, data: dict[str, Any]
) -> Organization:
    """Rename an organisation, change its particulars, or move it; all below move with it.

    `data` has only what is to change. Moving needs the permission at the new superior too.
    """
    access(conn, viewer, permission, organization_id)
    store.lock_roster(conn, viewer.tenant_id)
    before = store.get(conn, viewer.tenant_id, organization_id)
    particulars: dict[str, Any] = {key: data[key] for key in ("name", "code", "phone", "address") if key in data}
    if "unit_type" in data:
        particulars["unit_type"] = data["unit_type"] or None
    after = rules.changed(before, particulars)
    parent_id = data.get("parent_id", before.parent_id)
    parent = directory.get_organization(conn, viewer.tenant_id, parent_id) if parent_id else None
    if parent_id != before.parent_id and parent is not None and parent.kind is not Kind.SUPERIOR:
        access(conn, viewer, permission, parent.id)
    if parent_id != before.parent_id or after.code != before.code:
        # Who is at the top stays there when only its code changes, or when its external superior becomes known.
        at_top = before.parent_id is None and before.kind is Kind.COMMITTEE
        after = rules.placed(replace(after, path=before.path), parent, first=at_top)
        _refuse_taken(conn, after)
    if after != before:
        after = replace(after, version=before.version + 1)
        _publish_with_subtree(conn, before, after)
        if after.parent_id != before.parent_id:
            adoptions.renew(conn, viewer, after)
        return after
    return before


def close(conn: Connection, viewer: Viewer, permission: Permission, organization_id: UUID) -> Organization:
    """Close an organisation that nobody and nothing stands in any more; its positions end. Raises `StillInUse`."""
    access(conn, viewer, permission, organization_id)
    store.lock_roster(conn, viewer.tenant_id)
    organization = store.get(conn, viewer.tenant_id, organization_id)
    children, people = store.count_in_use(conn, organization)
    after = replace(rules.closed(organization, children=children, people=people), version=organization.version + 1)
    positions.end_all_in(conn, organization, clock.today())
    publish(conn, after)
    return after


def _publish_with_subtree(conn: Connection, before: Organization, after: Organization) -> None:
    below = store.list_subtree_for_change(conn, before) if after.path != before.path else []
    publish(conn, after)
    for each in rules.moved(below, before.path, after.path):
        publish(conn, replace(each, version=each.version + 1))


def _refuse_taken(conn: Connection, organization: Organization) -> None:
    if store.is_taken(conn, organization.tenant_id, organization.path, organization.id):
        raise rules.CodeTaken
