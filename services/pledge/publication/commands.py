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
from shared.auth import Viewer
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
    records = [one for one in store.list_records(conn, pledge.tenant_id, pledge.id) if one.version == number]
    wall.hang(conn, pledge, rules.widest(one.scope for one in records))
    return kept


def _publish(conn: Connection, pledge: Pledge, newest: Version) -> Pledge:
    older = pledge.published_version
    pledge, shown = rules.publish(pledge, newest, clock.now())
    if older is not None:
        pledge_store.set_state(conn, pledge, older, VersionState.SUPERSEDED)
    pledge_store.save_version(conn, pledge, shown)
    pledge_store.save(conn, pledge)
    items = [{"item_id": one.item_id, "content": one.content, "due_on": one.due_on, "aspect": one.aspect}
             for one in shown.items]  # fmt: skip
    tell(
        conn, PledgePublished, tenant_id=pledge.tenant_id, subject=pledge.id, pledge_id=pledge.id,
        version=shown.number, organization_id=pledge.organization_id, person_id=pledge.person_id, form=pledge.form,
        kind=pledge.kind, year=pledge.year, headline=shown.headline, items=items,
        author_ids=[one.person_id for one in shown.companions if one.person_id],
    )  # fmt: skip
    return pledge
