"""Reminding pledgers of deadlines; every matter and deadline once before and once after (R-073)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from services.pledge.author import store as together
from services.pledge.reminder import store
from services.pledge.reminder.domain import Reminder, Stage
from shared import clock
from shared import scheme as schemes
from shared.db import Connection
from shared.directory import store as directory
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
            told += 1
            _remind(conn, one, _present(conn, one) if one.together else [one.person_id] if one.person_id else [])
    return told


def _present(conn: Connection, one: Reminder) -> list[UUID]:
    """Give the members who promised it and are still there, the pledger first (R-033)."""
    ids = [one.person_id, *(author.person_id for author in together.list_authors(conn, one.tenant_id, one.pledge_id))]
    known = directory.list_named(conn, one.tenant_id, [each for each in ids if each])
    return [each for each in dict.fromkeys(ids) if each and each in known and known[each].active]


def _remind(conn: Connection, one: Reminder, people: list[UUID]) -> None:
    """Tell of a deadline; of a member's pledge nothing is told when all who made it have left."""
    if one.person_id is not None and not people:
        return
    facts = {
        "pledge_id": one.pledge_id, "item_id": one.item_id, "organization_id": one.organization_id,
        "person_id": people[0] if one.person_id else None, "due_on": one.due_on, "author_ids": people[1:],
    }  # fmt: skip
    if one.stage is Stage.BEFORE:
        tell(conn, PledgeDue, tenant_id=one.tenant_id, subject=one.pledge_id, **facts)
    else:
        tell(conn, PledgeOverdue, tenant_id=one.tenant_id, subject=one.pledge_id, **facts)
