"""SQL on exemptions."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.roster.exemption.domain import Exemption, Waiting
from shared.db import Connection, record
from shared.errors import NotFound

EXEMPTION = """
    SELECT tenant_id, id, person_id, organization_id, effect, sealed, document, resolved_on, starts_on, ends_on, state,
           applied, asked_by, asked_at, decided_by, decided_at, decision
    FROM exemption
"""


class ExemptionNotFound(NotFound):
    """没有这项申请。"""


def get(conn: Connection, tenant_id: UUID, exemption_id: UUID) -> Exemption:
    """Give an exemption and lock it. Raises `ExemptionNotFound`."""
    with conn.cursor(row_factory=record(Exemption)) as cursor:
        row = cursor.execute(
            EXEMPTION + "WHERE tenant_id = %s AND id = %s FOR UPDATE", [tenant_id, exemption_id]
        ).fetchone()
    if row is None:
        raise ExemptionNotFound
    return row


def list_of_person(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Exemption]:
    """Give all exemptions of a person, the newest first."""
    with conn.cursor(row_factory=record(Exemption)) as cursor:
        return cursor.execute(
            EXEMPTION + "WHERE tenant_id = %s AND person_id = %s ORDER BY asked_at DESC, id", [tenant_id, person_id]
        ).fetchall()


def list_waiting(conn: Connection, tenant_id: UUID, parent_paths: Sequence[str]) -> list[Waiting]:
    """Give the requests that wait for organisations whose path is LIKE one of the given: the oldest first."""
    with conn.cursor(row_factory=record(Waiting)) as cursor:
        return cursor.execute(
            """
            SELECT e.id, e.person_id, p.name, o.name AS organization_name, e.effect, e.asked_at
            FROM exemption e
            JOIN person p ON p.tenant_id = e.tenant_id AND p.id = e.person_id
            JOIN organization o ON o.tenant_id = e.tenant_id AND o.id = e.organization_id
            JOIN organization above ON above.tenant_id = o.tenant_id AND above.id = o.parent_id
            WHERE e.tenant_id = %s AND e.state = 'requested' AND above.path LIKE ANY(%s)
            ORDER BY e.asked_at
            """,
            [tenant_id, list(parent_paths)],
        ).fetchall()


def list_due(conn: Connection, today: date, limit: int) -> list[Exemption]:
    """Give and lock consented exemptions of every university that begin or are over."""
    with conn.cursor(row_factory=record(Exemption)) as cursor:
        return cursor.execute(
            EXEMPTION
            + """
            WHERE state = 'consented' AND ((NOT applied AND starts_on <= %(today)s) OR ends_on < %(today)s)
            ORDER BY starts_on LIMIT %(limit)s FOR UPDATE SKIP LOCKED
            """,
            {"today": today, "limit": limit},
        ).fetchall()


def save(conn: Connection, exemption: Exemption) -> None:
    """Keep an exemption: new, or with another state."""
    conn.execute(
        """
        INSERT INTO exemption
            (tenant_id, id, person_id, organization_id, effect, sealed, document, resolved_on, starts_on, ends_on,
             state, applied, asked_by, asked_at, decided_by, decided_at, decision)
        VALUES (%(tenant_id)s, %(id)s, %(person_id)s, %(organization_id)s, %(effect)s, %(sealed)s, %(document)s,
                %(resolved_on)s, %(starts_on)s, %(ends_on)s, %(state)s, %(applied)s, %(asked_by)s, %(asked_at)s,
                %(decided_by)s, %(decided_at)s, %(decision)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            state = EXCLUDED.state, applied = EXCLUDED.applied, decided_by = EXCLUDED.decided_by,
            decided_at = EXCLUDED.decided_at, decision = EXCLUDED.decision
        """,
        vars(exemption),
    )
