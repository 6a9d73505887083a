"""Every SQL statement on portraits."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from shared.db import Connection


def save(conn: Connection, tenant_id: UUID, person_id: UUID, content: bytes, at: datetime) -> None:
    """Keep a person's portrait, in the place of the one before."""
    conn.execute(
        """
        INSERT INTO portrait (tenant_id, person_id, content, changed_at) VALUES (%s, %s, %s, %s)
        ON CONFLICT (tenant_id, person_id) DO UPDATE SET
            content = EXCLUDED.content, changed_at = EXCLUDED.changed_at
        """,
        [tenant_id, person_id, content, at],
    )


def delete(conn: Connection, tenant_id: UUID, person_id: UUID) -> bool:
    """Remove a person's portrait; say whether there was one."""
    gone = conn.execute("DELETE FROM portrait WHERE tenant_id = %s AND person_id = %s", [tenant_id, person_id])
    return bool(gone.rowcount)


def list_of(conn: Connection, tenant_id: UUID, person_ids: Sequence[UUID]) -> dict[UUID, bytes]:
    """Give the portraits of people who have one and have not left."""
    rows = conn.execute(
        """
        SELECT p.person_id, p.content
        FROM portrait p JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id AND h.active
        WHERE p.tenant_id = %s AND p.person_id = ANY(%s)
        """,
        [tenant_id, list(person_ids)],
    ).fetchall()
    return {row[0]: bytes(row[1]) for row in rows}


def follow_people(conn: Connection, today: date) -> None:
    """Note of whose owner one has heard that he or she left, and of whose that he or she came back."""
    conn.execute(
        """
        WITH moved AS MATERIALIZED (
            SELECT p.tenant_id, p.person_id, h.active
            FROM portrait p JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
            WHERE h.active = (p.left_on IS NOT NULL)
            FOR UPDATE OF p SKIP LOCKED)
        UPDATE portrait p SET left_on = CASE WHEN m.active THEN NULL ELSE %s::date END
        FROM moved m WHERE p.tenant_id = m.tenant_id AND p.person_id = m.person_id
        """,
        [today],
    )


def delete_left(conn: Connection, before: date, limit: int) -> int:
    """Erase some portraits whose owners left before a day; give how many."""
    return conn.execute(
        """
        WITH due AS MATERIALIZED (
            SELECT tenant_id, person_id FROM portrait WHERE left_on <= %s LIMIT %s FOR UPDATE SKIP LOCKED)
        DELETE FROM portrait p USING due d WHERE p.tenant_id = d.tenant_id AND p.person_id = d.person_id
        """,
        [before, limit],
    ).rowcount
