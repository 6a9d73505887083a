"""SQL on who waits for a password, and the lock under which slips are made."""

from datetime import date
from uuid import UUID

from services.roster.first_password.domain import Waiting
from shared.db import Connection, record
from shared.directory.domain import Organization


def list_waiting(conn: Connection, organization: Organization, day: date, but: UUID) -> list[Waiting]:
    """Give the active people of an organisation and of all below who have no own password, `but` one person.

    Who has no account and signed in nevertheless came through the campus, and needs none. In the order of the
    organisations' codes, then 姓氏笔画.
    """
    with conn.cursor(row_factory=record(Waiting)) as cursor:
        return cursor.execute(
            """
            SELECT p.id, p.number, p.name, p.organization_id, o.name AS organization, a.changed_at AS given_at,
                   ARRAY(SELECT place.path
                         FROM position h
                         JOIN organization place ON place.tenant_id = h.tenant_id AND place.id = h.organization_id
                         WHERE h.tenant_id = p.tenant_id AND h.person_id = p.id
                           AND (h.ends_on IS NULL OR h.ends_on >= %(day)s)) AS offices
            FROM person p
            JOIN organization o ON o.tenant_id = p.tenant_id AND o.id = p.organization_id
            LEFT JOIN account a ON a.tenant_id = p.tenant_id AND a.person_id = p.id
            WHERE p.tenant_id = %(tenant)s AND p.active AND p.id <> %(but)s AND starts_with(o.path, %(path)s)
              AND coalesce(a.must_change, true)
              AND (a.person_id IS NOT NULL OR NOT EXISTS (
                    SELECT FROM audit
                    WHERE audit.tenant_id = p.tenant_id AND audit.subject = p.id::text AND audit.act = 'session.start'))
            ORDER BY o.path, p.stroke_key, p.number
            """,
            {"tenant": organization.tenant_id, "path": organization.path, "day": day, "but": but},
        ).fetchall()


def claim(conn: Connection, tenant_id: UUID) -> bool:
    """Claim the making of slips in a university until the transaction ends; say whether nobody else is at it."""
    row = conn.execute(
        "SELECT pg_try_advisory_xact_lock(hashtextextended('first-password/' || %s, 0))", [str(tenant_id)]
    ).fetchone()
    return bool(row and row[0])
