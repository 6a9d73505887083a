"""What periods still ask of organisations; however many organisations and periods, it reads once."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from services.pledge.gap import store
from services.pledge.remark import rhythm
from services.pledge.remark.domain import Left, Span
from shared import clock
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Kind, Organization, Person


def pledgers(conn: Connection, organization: Organization, period: str) -> dict[UUID, UUID]:
    """Give who is to be remarked on in a period, each with the first pledge."""
    asked = {organization.id: [_span(period)]}
    return store.list_pledgers(conn, organization.tenant_id, asked)[organization.id][period]


def left(conn: Connection, tenant_id: UUID, asked: Mapping[UUID, Sequence[str]]) -> dict[UUID, dict[str, Left]]:
    """Give by organisation and period the pledgers of whom it said nothing in it, not even why, in 姓氏笔画 order, and
    whether there is something to sum up that nobody summed up (R-072, R-074).
    """
    spans = {place_id: [_span(period) for period in periods] for place_id, periods in asked.items() if periods}
    if not spans:
        return {}
    periods = {one.period for each in spans.values() for one in each}
    pledged = store.list_pledgers(conn, tenant_id, spans)
    said = store.list_said(conn, tenant_id, spans, periods)
    silent = {
        (place_id, period): {one for one in people if (place_id, period, one) not in said}
        for place_id, found in pledged.items()
        for period, people in found.items()
    }
    homes = of_branches(conn, tenant_id, {one for ids in silent.values() for one in ids})
    summed, own = store.list_summed(conn, tenant_id, spans, periods), store.list_pledged(conn, tenant_id, spans)
    return {
        place_id: {
            one.period: Left(
                [each for each in homes.get(place_id, ()) if each.id in silent[place_id, one.period]],
                (place_id, one.period) not in summed
                and (bool(pledged[place_id][one.period])
                     or ((place_id, one.year) in own and own[place_id, one.year] < one.ends)),
            )
            for one in each
        }
        for place_id, each in spans.items()
    }  # fmt: skip


def of_branches(conn: Connection, tenant_id: UUID, person_ids: Iterable[UUID]) -> dict[UUID, list[Person]]:
    """Give the people who are still there by the branch to which they belong, in 姓氏笔画 order; a 党小组 is part of
    the organisation above it.
    """
    people = [one for one in directory.list_named(conn, tenant_id, list(person_ids)).values() if one.active]
    places = directory.list_organizations(conn, tenant_id, {one.organization_id for one in people})
    found: dict[UUID, list[Person]] = {}
    for person in sorted(people, key=lambda person: (person.stroke_key, person.number)):
        place = places.get(person.organization_id)
        if place is not None:
            branch_id = place.parent_id if place.kind is Kind.GROUP and place.parent_id else place.id
            found.setdefault(branch_id, []).append(person)
    return found


def _span(period: str) -> Span:
    ends = clock.start_of(rhythm.first_day(rhythm.following(period)))
    return Span(period, rhythm.year(period), clock.start_of(rhythm.first_day(period)), ends)
