"""亮诺: keeping where a pledge was shown; the first showing of a reviewed version makes it public."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.pledge import commands as pledges
from services.pledge.pledge import store as pledge_store
from services.pledge.pledge.domain import Pledge, Version, VersionState
from services.pledge.publication import rules, store
from services.pledge.publication.domain import Record, Said
from services.pledge.wall import store as wall
from shared import clock
from shared.auth import Permission, Viewer
from shared.db import Connection
from shared.events.pledge import PledgePublished
from shared.messaging import tell


def record(conn: Connection, viewer: Viewer, pledge_ids: Sequence[UUID], said: Said) -> list[Record]:
    """Keep that pledges were shown, all or none of them; a reviewed version becomes public with its first showing.

    Raises `NothingChosen`, `NotAllowed`, `PledgeWithdrawn`, `NotReviewed`, `BadPublication`.
    """
    if not pledge_ids:
        raise rules.NothingChosen
    # Always in the same order, so that two officers with overlapping choices wait for one another.
    return [_record(conn, viewer, pledge_id, said) for pledge_id in sorted(set(pledge_ids))]


def _record(conn: Connection, viewer: Viewer, pledge_id: UUID, said: Said) -> Record:
    pledge, _ = pledges.access(conn, viewer, permissions.PUBLISH_PLEDGE, pledge_id, hold=True)
    newest = pledge_store.get_version(conn, pledge, pledge.version)
    number, first = rules.target(pledge, newest)
    now = clock.now()
    rules.check(said, pledges.scheme_of(conn, pledge), clock.day_of(now))
    kept = Record(
        pledge.tenant_id, uuid4(), pledge.id, number, said.channel, said.scope, said.published_on, said.place.strip(),
        said.evidence.strip(), viewer.id, now,
    )  # fmt: skip
    store.add(conn, kept)
    if first:
        pledge = _publish(conn, pledge, newest)
    _hang(conn, pledge)
    return kept


def access(
    conn: Connection, viewer: Viewer, record_id: UUID, *, permission: Permission = permissions.PUBLISH_PLEDGE,
    hold: bool = False,
) -> tuple[Record, Pledge]:  # fmt: skip
    """Open the door to a record through its pledge, which `hold` locks. Raises `RecordNotFound`, `NotAllowed`."""
    found = store.read(conn, viewer.tenant_id, record_id)
    pledge, _ = pledges.access(conn, viewer, permission, found.pledge_id, hold=hold)
    return store.read(conn, viewer.tenant_id, record_id) if hold else found, pledge


def strike(conn: Connection, viewer: Viewer, record_id: UUID, reason: str) -> Record:
    """Strike a wrong record out; without any other the pledge hangs no more until it is recorded anew.

    Raises `RecordNotFound`, `NotAllowed`, `StruckAlready`, `StrikeNeedsReason`.
    """
    found, pledge = access(conn, viewer, record_id, hold=True)
    struck = rules.strike(found, reason, by=viewer.id, at=clock.now())
    store.save(conn, struck)
    _hang(conn, pledge)
    return struck


def _hang(conn: Connection, pledge: Pledge) -> None:
    """Hang a pledge as widely as its public text was shown, or take it down."""
    records = rules.standing(store.list_records(conn, pledge.tenant_id, pledge.id), pledge.published_version or 0)
    if records:
        wall.hang(conn, pledge, rules.widest(one.scope for one in records))
    else:
        wall.take_down(conn, pledge)


def _publish(conn: Connection, pledge: Pledge, newest: Version) -> Pledge:
    older = pledge.published_version
    pledge, shown = rules.publish(pledge, newest, clock.now())
    if older is not None:
        pledge_store.set_state(conn, pledge, older, VersionState.SUPERSEDED)
    pledge_store.save_version(conn, pledge, shown)
    pledge_store.save(conn, pledge)
    items = [{"item_id": one.item_id, "content": one.content, "due_on": one.due_on, "aspect": one.aspect,
              "linked_item_id": one.linked_item_id} for one in shown.items]  # fmt: skip
    tell(
        conn, PledgePublished, tenant_id=pledge.tenant_id, subject=pledge.id, pledge_id=pledge.id,
        version=shown.number, organization_id=pledge.organization_id, person_id=pledge.person_id, form=pledge.form,
        kind=pledge.kind, year=pledge.year, headline=shown.headline, items=items,
        author_ids=[one.person_id for one in shown.companions if one.person_id],
    )  # fmt: skip
    return pledge
