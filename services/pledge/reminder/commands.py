"""Reminding pledgers of deadlines; every matter and deadline once before and once after (R-073)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from services.pledge.author import store as together
from services.pledge.reminder import store
from services.pledge.reminder.domain import Awaited, Look, Reminder, Stage
from shared import clock
from shared import scheme as schemes
from shared.db import Connection
from shared.directory import store as directory
from shared.events.pledge import PledgeDue, PledgeOverdue
from shared.messaging import tell

BATCH = 100
"""Matters that are told in one transaction."""
LOOKS = 500
"""Pledges that are looked at in one statement."""
ROUNDS = 10
"""Statements in one transaction while nothing is to be told: on the last of December most has a result already. Who
reports on a pledge that is looked at waits for the end, so there are few."""


def remind_before(conn: Connection, now: datetime) -> int:
    """Tell `pledge.due` of matters whose day comes, as many days before as their scheme says; one batch."""
    today = clock.day_of(now)

    def windows(taken: Sequence[Awaited]) -> list[Look]:
        keys = {(one.tenant_id, one.scheme_id, one.scheme_version) for one in taken}
        leads = {key: scheme.supervision.before_days for key, scheme in schemes.versions(conn, keys).items()}
        found = [(one, leads.get((one.tenant_id, one.scheme_id, one.scheme_version))) for one in taken]
        # Under a scheme that is not heard of yet nothing is due; hearing of it lets its pledges be looked at anew.
        return [
            Look(one.tenant_id, one.pledge_id, date.max, date.max, 0) if days is None
            else Look(one.tenant_id, one.pledge_id, today, today + timedelta(days=days), days)
            for one, days in found
        ]  # fmt: skip

    return _look(conn, Stage.BEFORE, now, windows)


def remind_after(conn: Connection, now: datetime) -> int:
    """Tell `pledge.overdue` of matters whose day passed without a final state; one batch."""
    yesterday = clock.day_of(now) - timedelta(days=1)

    def windows(taken: Sequence[Awaited]) -> list[Look]:
        return [Look(one.tenant_id, one.pledge_id, date.min, yesterday, -1) for one in taken]

    return _look(conn, Stage.AFTER, now, windows)


def _look(conn: Connection, stage: Stage, now: datetime, windows: Callable[[Sequence[Awaited]], list[Look]]) -> int:
    """Look at pledges until something is told; what is told in the next batch is looked at again then."""
    for _ in range(ROUNDS):
        looks = windows(store.take(conn, stage, clock.day_of(now), LOOKS))
        if not looks:
            break
        due = store.list_due(conn, stage, looks)
        told = _tell(conn, due[:BATCH], now)
        left = {(one.tenant_id, one.pledge_id) for one in due[BATCH:]}
        store.put_off(conn, stage, [one for one in looks if (one.tenant_id, one.pledge_id) not in left])
        if told:
            return told
    return 0


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
