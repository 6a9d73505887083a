"""Every SQL statement on what people decided about proposed obstacles."""

from dataclasses import asdict
from uuid import UUID

from services.evaluation.eligibility.domain import Decision
from shared.db import Connection, record


def list_decisions(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> list[Decision]:
    """Give the decisions of one meeting."""
    with conn.cursor(row_factory=record(Decision)) as cursor:
        return cursor.execute(
            """
            SELECT tenant_id, meeting_id, person_id, code, confirmed, reason, decided_by, decided_at
            FROM proposal_decision WHERE tenant_id = %s AND meeting_id = %s
            """,
            [tenant_id, meeting_id],
        ).fetchall()


def save_decision(conn: Connection, decision: Decision) -> None:
    """Keep a decision; until the vote is called a later one takes its place."""
    conn.execute(
        """
        INSERT INTO proposal_decision
            (tenant_id, meeting_id, person_id, code, confirmed, reason, decided_by, decided_at)
        VALUES (%(tenant_id)s, %(meeting_id)s, %(person_id)s, %(code)s, %(confirmed)s, %(reason)s, %(decided_by)s,
                %(decided_at)s)
        ON CONFLICT (tenant_id, meeting_id, person_id, code) DO UPDATE SET
            confirmed = EXCLUDED.confirmed, reason = EXCLUDED.reason, decided_by = EXCLUDED.decided_by,
            decided_at = EXCLUDED.decided_at
        """,
        asdict(decision),
    )
