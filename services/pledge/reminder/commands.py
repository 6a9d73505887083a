"""Reminding pledgers of deadlines; every matter and deadline once before and once after (R-073)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.pledge.reminder import store
from services.pledge.reminder.domain import Reminder, Stage
from shared import clock
from shared import scheme as schemes
from shared.db import Connection
from shared.events.pledge import PledgeDue, PledgeOverdue
from shared.messaging import tell

BATCH = 100


def remind_before(conn: Connection, now: datetime) -> int:
    """Tell `pledge.due` of matters whose day comes, as many days before as their scheme says; one batch."""
    today = clock.day_of(now)
    told = 0
    for scheme in store.list_schemes(conn):
        days = schemes.version(conn, *scheme).supervision.before_days
        until = today + timedelta(days=days)
        told += _tell(conn, store.list_soon(conn, scheme, today, until, BATCH - told), now)
        if told >= BATCH:
            break
    return told


def remind_after(conn: Connection, now: datetime) -> int:
    """Tell `pledge.overdue` of matters whose day passed without a final state; one batch."""
    return _tell(conn, store.list_overdue(conn, clock.day_of(now), BATCH), now)


def _tell(conn: Connection, due: Iterable[Reminder], now: datetime) -> int:
    told = 0
    for one in due:
        if store.note(conn, one, now):
            facts = {"pledge_id": one.pledge_id, "item_id": one.item_id, "organization_id": one.organization_id,
                     "person_id": one.person_id, "due_on": one.due_on}  # fmt: skip
            if one.stage is Stage.BEFORE:
                tell(conn, PledgeDue, tenant_id=one.tenant_id, subject=one.pledge_id, **facts)
            else:
                tell(conn, PledgeOverdue, tenant_id=one.tenant_id, subject=one.pledge_id, **facts)
            told += 1
    return told
