"""Every SQL statement on elections, their totals and resolutions not to elect."""

from uuid import UUID

from shared.db import Connection

NO_ELECTION = "no_election"


def state_of(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> str | None:
    """Say where a meeting's ballot stands: the newest one's state (called, opened, closed, counted, annulled),
    `no_election` where the branch resolved to elect nobody, None where nothing was called.
    """
    row = conn.execute(
        """
        SELECT state FROM election WHERE tenant_id = %(tenant)s AND meeting_id = %(meeting)s
        ORDER BY called_at DESC, follows_id IS NULL LIMIT 1
        """,
        {"tenant": tenant_id, "meeting": meeting_id},
    ).fetchone()
    if row and row[0] != "annulled":
        return str(row[0])
    resolved = conn.execute(
        "SELECT FROM no_election WHERE tenant_id = %s AND meeting_id = %s", [tenant_id, meeting_id]
    ).fetchone()
    return NO_ELECTION if resolved is not None else str(row[0]) if row else None
