"""The organisation that a page of 督诺 is about, and the others to which one may turn."""

from dataclasses import dataclass
from uuid import UUID

from services.pledge.supervision import reach
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import branches
from shared.directory.domain import Organization
from shared.errors import NotAllowed


@dataclass(frozen=True)
class Choice:
    """The organisation of a page, and all to which one may turn."""

    organization: Organization
    others: list[Organization]


def chosen(conn: Connection, viewer: Viewer, permission: Permission, organization_id: UUID | None) -> Choice:
    """Open the organisation that is named; without a name one's own, or the first that one supervises.

    Raises `NotAllowed`, `OrganizationNotFound`.
    """
    others = reach.organizations(conn, viewer, permission)
    if organization_id is not None:
        return Choice(require(conn, viewer, permission, organization_id), others)
    home = branches.of(conn, viewer.tenant_id, viewer.organization.id)
    found = next((one for one in others if one.id == home.id), others[0] if others else None)
    if found is None:
        raise NotAllowed
    return Choice(found, others)
