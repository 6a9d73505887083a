"""Keeping who promises together, and taking their word for it."""

from collections.abc import Collection, Sequence
from uuid import UUID

from services.pledge.author import rules, store
from services.pledge.pledge import store as pledges
from services.pledge.pledge.domain import TOGETHER, Author, Pledge
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory


def checked(
    conn: Connection, pledge: Pledge, authors: Sequence[Author], known: Collection[UUID] = ()
) -> tuple[list[Author], list[str]]:
    """Give authors under their names in the roster, and what is wrong with them."""
    if not authors:
        return [], []
    members = branches.list_members(conn, pledge.tenant_id, pledge.organization_id)
    colleagues = {one.id: one for one in members}
    moved = [person_id for person_id in known if person_id not in colleagues]
    people = {**colleagues, **(directory.list_named(conn, pledge.tenant_id, moved) if moved else {})}
    return rules.registered(authors, people), rules.obstacles(pledge, authors, colleagues, known)


def whose(conn: Connection, pledges: Sequence[Pledge]) -> dict[UUID, str]:
    """Give by pledge the names of all who make it; none for an organisation's (R-033). All are of one university."""
    own = [one for one in pledges if one.person_id]
    if not own:
        return {}
    tenant_id = own[0].tenant_id
    people = directory.list_named(conn, tenant_id, [one.person_id for one in own if one.person_id])
    named = store.of_pledges(conn, tenant_id, [one.id for one in own if one.form in TOGETHER])
    return {
        one.id: rules.names(people[one.person_id].name, named.get(one.id, []))
        for one in own
        if one.person_id and one.person_id in people
    }


def answer(conn: Connection, viewer: Viewer, pledge_id: UUID, *, joins: bool) -> Pledge:
    """Take the word of somebody who is named: that he or she joins, or that it is a mistake.

    Who declines counts nowhere and is named nowhere in public any more, at once. Raises `NotNamed`, `PledgeOver`.
    """
    pledge = pledges.get(conn, viewer.tenant_id, pledge_id)
    rules.check_answer(pledge, named=store.is_named(conn, pledge, viewer.id, declined=True))
    store.save_answer(conn, pledge, viewer.id, clock.now(), joins=joins)
    return pledge
