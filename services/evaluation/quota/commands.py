"""Working out a branch's places from its roll, and allotting them at the general branch where the scheme pools them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.election import store as elections
from services.evaluation.meeting import rules as meeting_rules
from services.evaluation.meeting.domain import Attendee, Meeting
from services.evaluation.quota import rules, store
from services.evaluation.quota.domain import Allotment, Pool, Quota
from shared import clock
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import branches as people
from shared.directory import store as directory
from shared.directory.domain import MEETS, PARTY, Kind, Organization, Person, Standing
from shared.errors import RuleBroken
from shared.scheme import Scheme
from shared.scheme import store as schemes

ALONE = "不属党总支，单独计算"


class NotAllotted(RuleBroken):
    """制度方案规定名额由党总支统筹，党总支还没有分配本季度名额。"""


class NotPooled(RuleBroken):
    """制度方案没有规定名额由党总支统筹分配，或者这不是党总支。"""


def quota_of(
    conn: Connection,
    meeting: Meeting,
    scheme: Scheme,
    attendees: Sequence[Attendee],
    *,
    candidates: int,
    hold: bool = False,
) -> Quota:
    """Work out the places for the vote of a meeting; `hold` before it is called, so that they stay as they are.

    Raises `NotAllotted` where pooled places were not given.
    """
    count = base(attendees, scheme)
    pooled = scheme.ballot.pooling and _pool_above(conn, meeting)
    if pooled:
        given = store.find(conn, meeting.tenant_id, meeting.period, meeting.organization_id, hold=hold)
        if given is None:
            raise NotAllotted
        return rules.allotted(count, scheme.ballot, given.places, given.calculation, candidates=candidates)
    earlier = elections.list_bases(conn, meeting.tenant_id, meeting.organization_id, meeting.period)
    alone = ALONE if scheme.ballot.pooling else ""
    return rules.quota(count, scheme.ballot, candidates=candidates, earlier=earlier, note=alone)


def _pool_above(conn: Connection, meeting: Meeting) -> Organization | None:
    """Give the general branch that pools the places of a meeting's branch; a 直属党支部 has none and counts alone."""
    organization = directory.get_organization(conn, meeting.tenant_id, meeting.organization_id)
    superior = people.superior_of(conn, organization)
    return superior if superior and superior.kind is Kind.GENERAL_BRANCH else None


def base(attendees: Sequence[Attendee], scheme: Scheme) -> int:
    """Count the members whom the scheme takes as the base: roster, formal, entitled or present (requirements Q1)."""
    count = meeting_rules.count(list(attendees), scheme)
    match scheme.ballot.base:
        case "entitled":
            return count.entitled
        case "present":
            return count.present
        case _:
            return sum(_counts(one.standing, one.exempt, scheme) for one in attendees)


def pool_of(
    conn: Connection, viewer: Viewer, organization_id: UUID, *, allot: bool = False
) -> tuple[Organization, Scheme, Pool, dict[UUID, Organization], dict[UUID, int]]:
    """Work out what the largest remainders give the branches below a general branch, from the directory of today.

    Raises `NotAllowed`, `NotPooled`.
    """
    permission = permissions.ALLOT if allot else permissions.READ_QUOTA
    organization = require(conn, viewer, permission, organization_id)
    scheme = schemes.current(conn, organization)
    if not scheme.ballot.pooling or organization.kind is not Kind.GENERAL_BRANCH:
        raise NotPooled
    branches = {one.id: one for one in directory.list_below(conn, organization) if one.kind in MEETS}
    bases = {
        branch: sum(_member(one, scheme) for one in people.list_members(conn, viewer.tenant_id, branch))
        for branch in branches
    }
    return organization, scheme, rules.pool(bases, scheme.ballot), branches, bases


def allot(
    conn: Connection, viewer: Viewer, organization_id: UUID, period: str, places: dict[UUID, int]
) -> list[Allotment]:
    """Give the branches of a general branch their places for a quarter, before they vote.

    Raises `AllotmentDoesNotAddUp`, `AllotmentFixed`, `NotPooled`.
    """
    organization, _, pool, _, bases = pool_of(conn, viewer, organization_id, allot=True)
    rules.check_allotment(pool, places)
    before = {
        one.organization_id: one.places for one in store.list_pool(conn, viewer.tenant_id, period, organization_id)
    }
    changed = [branch for branch, number in places.items() if before.get(branch, number) != number]
    if changed and elections.list_called(conn, viewer.tenant_id, changed, period):
        raise rules.AllotmentFixed
    allotments = [
        Allotment(
            viewer.tenant_id, period, branch, organization.id, bases[branch], number, pool.line, viewer.id, clock.now()
        )
        for branch, number in sorted(places.items())
    ]
    store.save(conn, allotments)
    return allotments


def pool_shown(conn: Connection, viewer: Viewer, organization_id: UUID, period: str) -> dict[str, Any]:
    """Give a pool with its branches and what was allotted, as the page and the API show it."""
    _, _, pool, branches, bases = pool_of(conn, viewer, organization_id)
    given = {
        one.organization_id: one.places for one in store.list_pool(conn, viewer.tenant_id, period, organization_id)
    }
    return {
        "total": pool.total,
        "calculation": pool.line,
        "tied": list(pool.tied),
        "open": pool.open,
        "branches": [
            {
                "organization_id": branch.id,
                "name": branch.name,
                "base": bases[branch.id],
                "places": pool.places[branch.id],
                "allotted": given.get(branch.id),
            }
            for branch in branches.values()
        ],
    }


def _member(person: Person, scheme: Scheme) -> bool:
    return person.active and _counts(person.standing, person.exempt, scheme)


def _counts(standing: Standing | None, exempt: bool, scheme: Scheme) -> bool:
    whole = {Standing.FORMAL} if scheme.ballot.base == "formal" else PARTY
    return standing in whole and not (exempt and scheme.ballot.base_without_exempt)
