"""What was entered in the calendar."""

from uuid import UUID

from services.notify.calendar.rules import Entry
from shared.db import Connection, record


def list_days(conn: Connection, tenant_id: UUID) -> list[Entry]:
    """Give every entered day, the newest first."""
    with conn.cursor(row_factory=record(Entry)) as cursor:
        return cursor.execute(
            "SELECT day, working, note FROM calendar_day WHERE tenant_id = %s ORDER BY day DESC", [tenant_id]
        ).fetchall()
