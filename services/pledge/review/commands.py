"""审诺: passing a pledge on, or sending it back with advice; every round is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from services.pledge import permissions
from services.pledge.pledge import commands as pledges
from services.pledge.pledge import store as pledge_store
from services.pledge.pledge.domain import Pledge, Version
from services.pledge.review import rules, store
from services.pledge.review.domain import Review, Step, Verdict
from shared import clock, workdays
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import Kind, Organization, Role
from shared.errors import Refusal
from shared.events.pledge import PledgeReturned
from shared.messaging import tell
from shared.scheme import Scheme

OFFICERS = [Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER]
_ABOVE = {Kind.GENERAL_BRANCH, Kind.COMMITTEE, Kind.SUPERIOR}


@dataclass(frozen=True)
class Matter:
    """A pledge at its step of the review."""

    pledge: Pledge
    organization: Organization
    version: Version
    scheme: Scheme
    turn: list[Step]
    step: Step
    place: Organization
    """whose task the step is"""


def matter(conn: Connection, pledge: Pledge, organization: Organization) -> Matter:
    """Give a pledge that stands in review, with its step. Raises `NotInReview`, `DecidedAlready`."""
    version = pledge_store.get_version(conn, pledge, pledge.version)
    scheme = pledges.scheme_of(conn, pledge)
    turn = rules.steps(pledge, scheme)
    step = rules.step_of(pledge, version, turn, decided(conn, pledge, version))
    return Matter(pledge, organization, version, scheme, turn, step, place_of(conn, organization, step))


def place_of(conn: Connection, organization: Organization, step: Step) -> Organization:
    """Give the organisation whose task a step is; at the top, where nobody stands above, the organisation itself."""
    if step is Step.BRANCH or (step is Step.GENERAL_BRANCH and organization.kind in _ABOVE):
        return organization
    return branches.superior_of(conn, organization) or organization


def check(conn: Connection, viewer: Viewer, matter: Matter, earlier: Collection[UUID]) -> None:
    """Refuse who must not decide now. Raises `NotAllowed`, `OwnPledge`, `BranchReviews`, `SecondPairOfEyes`."""
    pledge = matter.pledge
    holders = directory.list_holders(conn, pledge.tenant_id, matter.organization.id, OFFICERS, clock.today())
    officers = {person.id for person in holders}
    if not (matter.step is Step.BRANCH and viewer.id in officers):
        require(conn, viewer, permissions.REVIEW_FROM_ABOVE, matter.place.id)
    authors = {one.person_id for one in matter.version.companions}
    hands = rules.Hands(
        viewer.id,
        {person_id for person_id in {*authors, pledge.person_id} if person_id},
        officers,
        earlier,
        inside=viewer.id in officers,
        outside_superior=matter.step is Step.SUPERIOR and matter.place.id == matter.organization.id,
    )
    rules.check_hands(pledge, matter.version, matter.step, hands)


def may(conn: Connection, viewer: Viewer, matter: Matter, earlier: Collection[UUID]) -> str:
    """Say why somebody may not decide now; empty when nothing stands in the way."""
    try:
        check(conn, viewer, matter, earlier)
    except Refusal as refusal:
        return refusal.message
    return ""


def decide(conn: Connection, viewer: Viewer, pledge_id: UUID, verdict: Verdict) -> Review:
    """Pass a version or send it back. Of two at once the second is refused with what the first decided.

    Raises `NotAllowed`, `OwnPledge`, `NotInReview`, `DecidedAlready`, `SecondPairOfEyes`, `BadVerdict`.
    """
    pledge, organization = pledges.access(conn, viewer, permissions.REVIEW, pledge_id, hold=True)
    case = matter(conn, pledge, organization)
    known = [one for one in store.list_reviews(conn, pledge) if one.version == case.version.number]
    check(conn, viewer, case, {one.reviewed_by for one in known})
    rules.check_fresh(case.version, case.step, verdict, decided(conn, pledge, case.version))
    checklist = case.scheme.pledge.checklist
    state = rules.decide(case.turn, verdict, checklist)
    now = clock.now()
    days = case.scheme.pledge.follow_up_days
    due = None if verdict.passed else workdays.after(conn, pledge.tenant_id, clock.day_of(now), days)
    review = rules.review(pledge, verdict, checklist, case.place.id, by=viewer.id, at=now, due=due)
    store.add(conn, review)
    pledge_store.set_state(conn, pledge, case.version.number, state)
    if due is not None:
        tell(
            conn, PledgeReturned, tenant_id=pledge.tenant_id, subject=pledge.id, pledge_id=pledge.id,
            version=case.version.number, organization_id=pledge.organization_id, person_id=pledge.person_id,
            follow_up_on=due,
        )  # fmt: skip
    return review


def decided(conn: Connection, pledge: Pledge, version: Version) -> list[str]:
    """Say what reviewers decided on a version, each in a sentence."""
    found = [one for one in store.list_reviews(conn, pledge) if one.version == version.number]
    named = directory.list_named(conn, pledge.tenant_id, [one.reviewed_by for one in found])
    return [rules.sentence(one, named[one.reviewed_by].name if one.reviewed_by in named else "他人") for one in found]
