"""Every SQL statement on steps that failed."""

from datetime import datetime
from uuid import UUID

from services.ballot.trouble.domain import Step, Trouble
from shared.db import Connection, record


def note(conn: Connection, trouble: Trouble) -> None:
    """Keep that a step failed, once more."""
    conn.execute(
        """
        INSERT INTO trouble (tenant_id, ballot_id, step, code, tries, since, again_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT (tenant_id, ballot_id, step) DO UPDATE
        SET code = excluded.code, tries = excluded.tries, again_at = excluded.again_at
        """,
        [
            trouble.tenant_id, trouble.ballot_id, trouble.step, trouble.code, trouble.tries, trouble.since,
            trouble.again_at,
        ],
    )  # fmt: skip


def clear(conn: Connection, tenant_id: UUID, ballot_id: UUID, step: Step) -> None:
    """Forget that a step failed, for it was taken."""
    conn.execute(
        "DELETE FROM trouble WHERE tenant_id = %s AND ballot_id = %s AND step = %s", [tenant_id, ballot_id, step]
    )


def list_of(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> list[Trouble]:
    """Give the steps of a ballot that failed and were not taken since."""
    with conn.cursor(row_factory=record(Trouble)) as cursor:
        return cursor.execute(
            """
            SELECT tenant_id, ballot_id, step, code, tries, since, again_at FROM trouble
            WHERE tenant_id = %s AND ballot_id = %s ORDER BY since
            """,
            [tenant_id, ballot_id],
        ).fetchall()


def tries(conn: Connection, tenant_id: UUID, ballot_id: UUID, step: Step) -> tuple[int, datetime | None]:
    """Give how often a step has failed so far, and since when."""
    row = conn.execute(
        "SELECT tries, since FROM trouble WHERE tenant_id = %s AND ballot_id = %s AND step = %s",
        [tenant_id, ballot_id, step],
    ).fetchone()
    return (row[0], row[1]) if row else (0, None)


def list_uncounted(conn: Connection, now: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Give and hold the ballots whose count failed and has rested long enough: tenant and id."""
    return conn.execute(
        """
        SELECT b.tenant_id, b.id FROM ballot b JOIN trouble t ON t.tenant_id = b.tenant_id AND t.ballot_id = b.id
        WHERE b.state = 'tallying' AND t.step = 'count' AND t.again_at <= %s
        ORDER BY t.again_at LIMIT %s FOR UPDATE OF b SKIP LOCKED
        """,
        [now, limit],
    ).fetchall()
