"""What is done with initial passwords: seeing who waits for one, and making slips with new ones."""

from uuid import UUID

from services.roster.first_password import rules, store
from services.roster.first_password.domain import Overview, Slip, Slips, Waiting, Whom
from services.roster.organization.store import lock_roster
from services.roster.session import commands as sessions
from services.roster.session import passwords
from shared import audit, clock
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization, Role


def overview(conn: Connection, viewer: Viewer, permission: Permission, organization_id: UUID) -> Overview:
    """Give who waits for a password in an organisation and below. Raises `NotAllowed`, `OrganizationNotFound`."""
    organization = require(conn, viewer, permission, organization_id)
    waiting, higher = _waiting(conn, viewer, permission, organization)
    unused = sum(each.group is Whom.UNUSED for each in waiting)
    below = [each for each in rules.places(waiting) if each.id != organization_id]
    return Overview(organization, len(waiting) - unused, unused, higher, below)


def make(conn: Connection, viewer: Viewer, permission: Permission, organization_id: UUID, whom: Whom) -> Slips:
    """Give each of the people who wait a new initial password; the slips are all that will ever show them.

    The passwords are kept as hashes; each opens nothing but the way to an own one, and each person is told. Whose
    account changed while the passwords were hashed is left as he or she is, without a slip. Raises `NotAllowed`,
    `OrganizationNotFound`, `SlipsUnderway`, `NobodyWaits`.
    """
    organization = require(conn, viewer, permission, organization_id)
    if not store.claim(conn, viewer.tenant_id):
        raise rules.SlipsUnderway
    waiting, _ = _waiting(conn, viewer, permission, organization)
    chosen, left = rules.chosen(waiting, whom)
    drawn = rules.drawn(len(chosen))
    # One after the other: the second place at the hashing stays free for those who sign in meanwhile.
    hashes = [passwords.hashed(password) for password in drawn]
    lock_roster(conn, viewer.tenant_id)
    slips = [
        Slip(each.id, each.number, each.name, each.organization, password)
        for each, password, hashed in zip(chosen, drawn, hashes, strict=True)
        if sessions.set_first(conn, viewer, each.id, hashed, each.given_at)
    ]
    subject = f"{organization_id}/{whom}/{len(slips)}"
    audit.note(conn, viewer.tenant_id, viewer.id, "password.slips", subject=subject, organization_id=organization_id)
    return Slips(organization, directory.get_top(conn, viewer.tenant_id).name, slips, left)


def _waiting(
    conn: Connection, viewer: Viewer, permission: Permission, organization: Organization
) -> tuple[list[Waiting], list[Waiting]]:
    reach = None if Role.ADMINISTRATOR in viewer.roles() else viewer.places(permission)
    return rules.parted(store.list_waiting(conn, organization, clock.today(), viewer.id), reach)
