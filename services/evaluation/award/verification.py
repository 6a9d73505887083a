"""Verifying a winner again by people: deciding what the system proposes, lifting what a finding set aside withheld."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from services.evaluation import permissions
from services.evaluation.award import commands, rules, store
from services.evaluation.award.domain import Award, AwardState
from services.evaluation.eligibility import commands as eligibility
from services.evaluation.eligibility.domain import Reviewed
from services.evaluation.finding import store as finding_store
from services.evaluation.finding.domain import Finding
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Meeting
from shared import clock
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.scheme import Scheme


@dataclass(frozen=True)
class Matter:
    """A winner whose verification people complete."""

    award: Award
    meeting: Meeting
    organization: Organization
    reviewed: Reviewed | None
    """with every obstacle; none when the winner left the directory"""
    scheme: Scheme


def read(conn: Connection, viewer: Viewer, award_id: UUID) -> Matter:
    """Give a winner with everything that stands in the way. Raises `AwardNotFound`, `NotAllowed`."""
    return _matter(conn, viewer, store.read(conn, viewer.tenant_id, award_id), permissions.VERIFY_AWARD)


def verify(
    conn: Connection, viewer: Viewer, award_id: UUID, decisions: Sequence[dict[str, Any]] = (), identity: str = ""
) -> Award:
    """Decide what was proposed about a winner, and verify again; what still waits for a decision goes on waiting.

    `identity` is what the form writes as 党员身份 where the scheme names none that it knows (R-172).

    Where a finding withheld the award, it is judged as of the count: what ran out since does not lift it, only what
    was set aside does. Raises `NothingToVerify`, `OwnAward`, `IdentityKnown`, `StillWithheld`, and what deciding a
    proposal raises.
    """
    award = store.get(conn, viewer.tenant_id, award_id)
    require(conn, viewer, permissions.VERIFY_AWARD, award.organization_id)
    rules.may_verify(award, by=viewer.id)
    award = rules.identified(award, identity) if identity else award
    matter = _matter(conn, viewer, award, permissions.VERIFY_AWARD)
    if decisions:
        require(conn, viewer, permissions.DECIDE_PROPOSAL, award.organization_id)
        reviewed = [matter.reviewed] if matter.reviewed else []
        given = [{**one, "person_id": award.person_id} for one in decisions]
        eligibility.record(conn, viewer, matter.meeting, reviewed, given)
        matter = _matter(conn, viewer, award, permissions.VERIFY_AWARD)
    return _conclude(conn, viewer, matter)


def list_waiting(conn: Connection, viewer: Viewer, organization_ids: list[UUID]) -> list[Award]:
    """Give the awards of several branches that somebody can verify again: undecided ones, and set-aside findings."""
    found = [one for one in store.list_unsettled(conn, viewer.tenant_id, organization_ids) if rules.verifiable(one)]
    people = {one.person_id for one in found if one.state is not AwardState.ELECTED}
    about: dict[UUID, list[Finding]] = {}
    for finding in finding_store.list_established(conn, viewer.tenant_id, list(people)) if people else ():
        about.setdefault(finding.person_id, []).append(finding)
    return [one for one in found if one.state is AwardState.ELECTED or _is_set_aside(one, about.get(one.person_id, []))]


def _is_set_aside(award: Award, about: Sequence[Finding]) -> bool:
    """Say whether nothing that was found about a winner stands any more, and something did until after the count."""
    days = {clock.day_of(award.elected_at), clock.today()}
    held = any(one.stands(day, award.period) for one in about for day in days)
    return not held and any(one.lifted_since(award.elected_at) for one in about)


def _matter(conn: Connection, viewer: Viewer, award: Award, permission: Permission) -> Matter:
    organization = require(conn, viewer, permission, award.organization_id)
    meeting = meetings.read(conn, award.tenant_id, award.meeting_id)
    scheme = eligibility.scheme_of(conn, meeting)
    people = list(directory.list_named(conn, award.tenant_id, [award.person_id]).values())
    days = [clock.today(), clock.day_of(award.elected_at)]
    found = eligibility.review_again(conn, meeting, scheme, people, days)
    return Matter(award, meeting, organization, found[0] if found else None, scheme)


def _conclude(conn: Connection, viewer: Viewer, matter: Matter) -> Award:
    before, found = matter.award, rules.verdict(matter.reviewed, matter.award.identity)
    if found.state is before.state and before.state is AwardState.WITHHELD:
        raise rules.StillWithheld
    if found.state is before.state:
        store.verify(conn, before)
        return before
    award = replace(before, state=found.state, withheld_reasons=list(found.reasons))
    store.verify(conn, award)
    store.add_steps(conn, award.tenant_id, [commands.step_of(award, uuid4(), clock.now(), viewer.id)])
    person = matter.reviewed.person if matter.reviewed else None
    commands.announce(conn, award, person, matter.scheme)
    return award
