"""履诺: reporting on the matters of a pledge, and reading the tables of one pledge or of many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.pledge import commands as pledges
from services.pledge.pledge.domain import Item, Pledge, due_day
from services.pledge.progress import rules, store
from services.pledge.progress.domain import Entry, Matter, ProgressState, Table
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization
from shared.events.pledge import PledgeProgressed
from shared.messaging import tell


@dataclass(frozen=True)
class Report:
    """What is reported on a matter."""

    item_id: UUID
    state: ProgressState
    happened_on: date | None = None
    note: str = ""
    reason: str = ""
    correction: str = ""
    entry_reason: str = ""


def report(conn: Connection, viewer: Viewer, pledge_id: UUID, given: Report) -> Entry:
    """Report on a matter, as one who promised it or (with a reason) from paper; the same twice has one effect.

    Raises `NotPublished`, `MatterNotFound` and what `rules.enter` raises.
    """
    pledge, _, together = pledges.joined(conn, viewer, permissions.WRITE_PROGRESS, pledge_id, hold=True)
    matter = rules.matter_of(table(conn, pledge), given.item_id)
    now = clock.now()
    written = Entry(
        pledge.tenant_id, uuid4(), pledge.id, given.item_id, len(matter.entries) + 1, given.state,
        given.happened_on or clock.day_of(now), given.note.strip(), given.reason.strip(), given.correction.strip(),
        viewer.id, given.entry_reason.strip(), now,
    )  # fmt: skip
    entry = rules.enter(pledge, matter, written, clock.day_of(now), own=together)
    if entry is not written:
        return entry
    store.add(conn, entry)
    tell(
        conn, PledgeProgressed, tenant_id=pledge.tenant_id, subject=pledge.id, pledge_id=pledge.id,
        item_id=entry.item_id, organization_id=pledge.organization_id, person_id=pledge.person_id, state=entry.state,
    )  # fmt: skip
    return entry


def read(conn: Connection, viewer: Viewer, pledge_id: UUID) -> tuple[Table, Organization, bool]:
    """Give the table of a pledge to who may read it (R-071); say whether the reader is its pledger or an officer.

    Raises `NotPublished`.
    """
    pledge, organization, whole = pledges.readable(conn, viewer, pledge_id)
    return table(conn, pledge), organization, whole


def table(conn: Connection, pledge: Pledge) -> Table:
    """Give the table of a pledge. Raises `NotPublished`."""
    rules.published(pledge)
    return tables(conn, pledge.tenant_id, [pledge.id])[0]


def tables(conn: Connection, tenant_id: UUID, pledge_ids: Sequence[UUID]) -> list[Table]:
    """Give the tables of published pledges, in the order of their ids as given."""
    entries = store.list_entries(conn, tenant_id, pledge_ids)
    headlines: dict[UUID, str] = {}
    items: dict[UUID, list[Item]] = {}
    for row in store.list_promised(conn, tenant_id, pledge_ids):
        pledge_id, headline = row.pop("pledge_id"), row.pop("headline")
        headlines[pledge_id] = headline
        items.setdefault(pledge_id, []).append(Item(**row) if row["item_id"] else Item(pledge_id, headline))
    found = {pledge.id: pledge for pledge in store.list_by_ids(conn, tenant_id, list(headlines))}
    return [
        Table(
            found[pledge_id],
            headlines[pledge_id],
            [_matter(item, found[pledge_id], entries.get(pledge_id, {})) for item in items[pledge_id]],
        )
        for pledge_id in pledge_ids
        if pledge_id in found
    ]


def _matter(item: Item, pledge: Pledge, entries: Mapping[UUID, list[Entry]]) -> Matter:
    """Make a matter, with the day that counts where none is written (R-041)."""
    due = replace(item, due_on=due_day(item.due_on, pledge.year))
    return Matter(due, entries.get(item.item_id, []), assumed=item.due_on is None)


def tables_of(conn: Connection, organization: Organization, year: int) -> list[Table]:
    """Give the tables of all published pledges of an organisation for a year, its own first."""
    return tables(
        conn, organization.tenant_id, store.list_pledges(conn, organization.tenant_id, [organization.id], year)
    )
