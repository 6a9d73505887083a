"""SQL on organisations that only roster needs: locks for a change, subtrees with the closed ones, head counts."""

from uuid import UUID

from shared.db import Connection, record
from shared.directory.domain import Organization
from shared.directory.store import ORGANIZATION, OrganizationNotFound


def get(conn: Connection, tenant_id: UUID, organization_id: UUID) -> Organization:
    """Give an organisation and lock it. Raises `OrganizationNotFound`."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        row = cursor.execute(
            ORGANIZATION + "WHERE tenant_id = %s AND id = %s FOR UPDATE", [tenant_id, organization_id]
        ).fetchone()
    if row is None:
        raise OrganizationNotFound
    return row


def list_subtree_for_change(conn: Connection, organization: Organization) -> list[Organization]:
    """Give all organisations below one, closed ones too, and lock them."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        return cursor.execute(
            ORGANIZATION + "WHERE tenant_id = %s AND path > %s AND path < %s ORDER BY path FOR UPDATE",
            [organization.tenant_id, organization.path, organization.path[:-1] + "0"],
        ).fetchall()


def list_all(conn: Connection, tenant_id: UUID) -> list[Organization]:
    """Give every organisation of the university, closed ones too, in the order of the tree."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        return cursor.execute(ORGANIZATION + "WHERE tenant_id = %s ORDER BY path", [tenant_id]).fetchall()


def is_taken(conn: Connection, tenant_id: UUID, path: str, organization_id: UUID) -> bool:
    """Say whether another organisation has the path."""
    row = conn.execute(
        "SELECT 1 FROM organization WHERE tenant_id = %s AND path = %s AND id <> %s", [tenant_id, path, organization_id]
    ).fetchone()
    return row is not None


def count_in_use(conn: Connection, organization: Organization) -> tuple[int, int]:
    """Give how many active organisations stand right below one, and how many active people it has."""
    row = conn.execute(
        """
        SELECT (SELECT count(*) FROM organization WHERE tenant_id = %(tenant)s AND parent_id = %(id)s AND active),
               (SELECT count(*) FROM person WHERE tenant_id = %(tenant)s AND organization_id = %(id)s AND active)
        """,
        {"tenant": organization.tenant_id, "id": organization.id},
    ).fetchone()
    return (row[0], row[1]) if row else (0, 0)


def count_members(conn: Connection, tenant_id: UUID) -> dict[UUID, int]:
    """Give the number of active Party members of each organisation's own."""
    rows = conn.execute(
        """
        SELECT organization_id, count(*) FROM person
        WHERE tenant_id = %s AND active AND standing IN ('formal', 'probationary') GROUP BY organization_id
        """,
        [tenant_id],
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def lock_roster(conn: Connection, tenant_id: UUID) -> None:
    """Let changes that look at the whole roster (imports, moves in the tree) happen one after the other."""
    conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('roster/' || %s, 0))", [str(tenant_id)])


def is_empty(conn: Connection) -> bool:
    """Say whether no organisation was ever entered, in any university."""
    return conn.execute("SELECT 1 FROM organization LIMIT 1").fetchone() is None
