"""Entering holidays and 调休, here and in every service that counts working days."""

from collections.abc import Sequence

from services.notify.calendar import rules
from services.notify.calendar.rules import Entry
from shared import clock, workdays
from shared.auth import Viewer
from shared.db import Connection
from shared.events.notify import CalendarChanged
from shared.messaging import tell


def enter(conn: Connection, viewer: Viewer, entries: Sequence[Entry], *, faults: Sequence[str] = ()) -> int:
    """Keep the days and tell the other services; give how many. Raises `CalendarWrong`.

    Periods that were counted before keep their days: what was announced stands.
    """
    rules.check(entries, faults=faults)
    days = [{"day": entry.day, "working": entry.working, "note": entry.note} for entry in entries]
    now = clock.now()
    workdays.save(conn, viewer.tenant_id, now, days)
    tell(conn, CalendarChanged, tenant_id=viewer.tenant_id, subject=viewer.tenant_id, entered_at=now, days=days)
    return len(days)
