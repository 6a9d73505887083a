"""Every SQL statement on portraits."""

from collections.abc import Sequence
from datetime import datetime
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
    """Give the portraits of people who have one."""
    rows = conn.execute(
        "SELECT person_id, content FROM portrait WHERE tenant_id = %s AND person_id = ANY(%s)",
        [tenant_id, list(person_ids)],
    ).fetchall()
    return {row[0]: bytes(row[1]) for row in rows}
