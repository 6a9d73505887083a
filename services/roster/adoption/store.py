"""Every SQL statement on what organisations decided to follow and what is in force."""

from uuid import UUID

from psycopg.types.json import Jsonb

from services.roster.adoption.domain import Decision, InForce
from shared.db import Connection, record
from shared.directory.domain import Organization
from shared.directory.store import ORGANIZATION, lineage

DECISION = """
    SELECT tenant_id, organization_id, version, basis_id, basis_version, changes, decided_by, decided_at
    FROM adoption_decision
"""


def save_decision(conn: Connection, decision: Decision) -> None:
    """Keep what an organisation decided; every decision stays."""
    conn.execute(
        """
        INSERT INTO adoption_decision (tenant_id, organization_id, version, basis_id, basis_version, changes,
                                       decided_by, decided_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            decision.tenant_id, decision.organization_id, decision.version, decision.basis_id, decision.basis_version,
            Jsonb(dict(decision.changes)), decision.decided_by, decision.decided_at,
        ],
    )  # fmt: skip


def find_decision(conn: Connection, tenant_id: UUID, organization_id: UUID) -> Decision | None:
    """Give an organisation's own newest decision."""
    with conn.cursor(row_factory=record(Decision)) as cursor:
        return cursor.execute(
            DECISION + "WHERE tenant_id = %s AND organization_id = %s ORDER BY version DESC LIMIT 1",
            [tenant_id, organization_id],
        ).fetchone()


def last_adoption(conn: Connection, tenant_id: UUID, organization_id: UUID) -> int:
    """Give the number of an organisation's newest adoption; 0 when it never adopted."""
    row = conn.execute(
        "SELECT coalesce(max(version), 0) FROM adoption WHERE tenant_id = %s AND organization_id = %s",
        [tenant_id, organization_id],
    ).fetchone()
    return int(row[0]) if row else 0


IN_FORCE = """
    SELECT DISTINCT ON (o.path) o.id AS organization_id, o.name AS organization, o.path, a.version AS adoption,
           a.scheme_id, a.scheme_version, a.name, d.decided_at
    FROM adoption a
    JOIN organization o ON o.tenant_id = a.tenant_id AND o.id = a.organization_id
    LEFT JOIN adoption_decision d ON d.tenant_id = a.tenant_id AND d.organization_id = a.organization_id
         AND d.version = a.version
"""


def list_in_force(conn: Connection, tenant_id: UUID) -> list[InForce]:
    """Give what is in force where, for every active organisation that adopted something itself, from the top down."""
    with conn.cursor(row_factory=record(InForce)) as cursor:
        return cursor.execute(
            IN_FORCE + "WHERE a.tenant_id = %s AND o.active ORDER BY o.path, a.version DESC", [tenant_id]
        ).fetchall()


def find_in_force(conn: Connection, organization: Organization, *, itself: bool = True) -> InForce | None:
    """Give what an organisation follows: its own newest adoption or the nearest above; without `itself`, only above."""
    paths = lineage(organization.path) if itself else lineage(organization.path)[:-1]
    with conn.cursor(row_factory=record(InForce)) as cursor:
        found = cursor.execute(
            IN_FORCE + "WHERE a.tenant_id = %s AND o.path = ANY(%s) ORDER BY o.path DESC, a.version DESC LIMIT 1",
            [organization.tenant_id, paths],
        ).fetchone()
    return found


def list_adopted_below(conn: Connection, organization: Organization) -> list[Organization]:
    """Give the active organisations below this one that adopted something themselves, from the top down."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        return cursor.execute(
            ORGANIZATION
            + """
            WHERE tenant_id = %s AND path > %s AND path < %s AND active AND EXISTS (
                SELECT FROM adoption a WHERE a.tenant_id = organization.tenant_id
                  AND a.organization_id = organization.id)
            ORDER BY length(path), path
            """,
            [organization.tenant_id, organization.path, organization.path[:-1] + "0"],
        ).fetchall()
