"""Every SQL statement on filings and their steps."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from services.notify.filing.domain import Filing, State, Step
from services.notify.filing.rules import FilingNotFound
from shared.db import Connection, record

FILING = """
    SELECT tenant_id, id, organization_id, period, batch, state, revision, due_on, opened_at, submitted_at, number,
           acknowledged_on
    FROM filing
"""
INTAKE = 7_310_101
"""Advisory lock of the intake."""


def lock_intake(conn: Connection) -> None:
    """Let one transaction at a time take awards in.

    A batch of messages touches several filings in no order of its own; two such batches would lock each other out.
    """
    conn.execute("SELECT pg_advisory_xact_lock(%s)", [INTAKE])


def note_recall(conn: Connection, tenant_id: UUID, award_id: UUID, at: datetime) -> bool:
    """Note that an award was taken back; False when that was noted before."""
    row = conn.execute(
        """
        INSERT INTO recall (tenant_id, award_id, recalled_at) VALUES (%s, %s, %s)
        ON CONFLICT DO NOTHING RETURNING award_id
        """,
        [tenant_id, award_id, at],
    ).fetchone()
    return row is not None


def is_recalled(conn: Connection, tenant_id: UUID, award_id: UUID) -> bool:
    """Say whether an award was taken back."""
    row = conn.execute("SELECT FROM recall WHERE tenant_id = %s AND award_id = %s", [tenant_id, award_id]).fetchone()
    return row is not None


def get_open(conn: Connection, tenant_id: UUID, organization_id: UUID, period: str) -> Filing | None:
    """Give the filing that still takes awards, locked, if there is one."""
    with conn.cursor(row_factory=record(Filing)) as cursor:
        return cursor.execute(
            FILING
            + """
            WHERE tenant_id = %s AND organization_id = %s AND period = %s AND state IN ('submitted', 'returned')
            FOR UPDATE
            """,
            [tenant_id, organization_id, period],
        ).fetchone()


def next_batch(conn: Connection, tenant_id: UUID, organization_id: UUID, period: str) -> int:
    """Give the number of the batch that would come next."""
    row = conn.execute(
        "SELECT coalesce(max(batch), 0) + 1 FROM filing WHERE tenant_id = %s AND organization_id = %s AND period = %s",
        [tenant_id, organization_id, period],
    ).fetchone()
    return int(row[0]) if row else 1


def save(conn: Connection, filing: Filing) -> None:
    """Keep a filing, new or changed."""
    conn.execute(
        """
        INSERT INTO filing (tenant_id, id, organization_id, period, batch, state, revision, due_on, opened_at,
                            submitted_at, number, acknowledged_on)
        VALUES (%(tenant_id)s, %(id)s, %(organization_id)s, %(period)s, %(batch)s, %(state)s, %(revision)s,
                %(due_on)s, %(opened_at)s, %(submitted_at)s, %(number)s, %(acknowledged_on)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            state = EXCLUDED.state, revision = EXCLUDED.revision, due_on = EXCLUDED.due_on,
            submitted_at = EXCLUDED.submitted_at, number = EXCLUDED.number, acknowledged_on = EXCLUDED.acknowledged_on
        """,
        asdict(filing),
    )


def get(conn: Connection, tenant_id: UUID, filing_id: UUID) -> Filing:
    """Give a filing and lock it for a change. Raises `FilingNotFound`."""
    return _one(conn, "WHERE tenant_id = %s AND id = %s FOR UPDATE", tenant_id, filing_id)


def read(conn: Connection, tenant_id: UUID, filing_id: UUID) -> Filing:
    """Give a filing to look at. Raises `FilingNotFound`."""
    return _one(conn, "WHERE tenant_id = %s AND id = %s", tenant_id, filing_id)


def _one(conn: Connection, condition: str, tenant_id: UUID, filing_id: UUID) -> Filing:
    with conn.cursor(row_factory=record(Filing)) as cursor:
        row = cursor.execute(FILING + condition, [tenant_id, filing_id]).fetchone()
    if row is None:
        raise FilingNotFound
    return row


def list_filings(
    conn: Connection, tenant_id: UUID, *, period: str | None = None, state: State | None = None
) -> list[Filing]:
    """Give filings of a quarter, in a state; the newest quarter first, organisations in the order of their codes."""
    with conn.cursor(row_factory=record(Filing)) as cursor:
        return cursor.execute(
            """
            SELECT f.tenant_id, f.id, f.organization_id, f.period, f.batch, f.state, f.revision, f.due_on,
                   f.opened_at, f.submitted_at, f.number, f.acknowledged_on
            FROM filing f JOIN organization o ON o.tenant_id = f.tenant_id AND o.id = f.organization_id
            WHERE f.tenant_id = %(tenant_id)s AND (%(period)s::text IS NULL OR f.period = %(period)s)
              AND (%(state)s::text IS NULL OR f.state = %(state)s)
            ORDER BY f.period DESC, o.path, f.batch
            """,
            {"tenant_id": tenant_id, "period": period, "state": state},
        ).fetchall()


def add_step(conn: Connection, filing: Filing, step: Step) -> None:
    """Note what happened to a filing."""
    conn.execute(
        """
        INSERT INTO filing_step (tenant_id, filing_id, act, revision, at, person_id, statement)
        VALUES (%s, %s, %s, %s, %s, %s, %s)
        """,
        [filing.tenant_id, filing.id, step.act, step.revision, step.at, step.person_id, step.statement],
    )


def list_steps(conn: Connection, tenant_id: UUID, filing_id: UUID) -> list[Step]:
    """Give what happened to a filing, in order."""
    with conn.cursor(row_factory=record(Step)) as cursor:
        return cursor.execute(
            """
            SELECT act, revision, at, person_id, statement FROM filing_step
            WHERE tenant_id = %s AND filing_id = %s ORDER BY position
            """,
            [tenant_id, filing_id],
        ).fetchall()
