"""What is done to a ballot whatever its channel: found through the access door, called, annulled."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from services.ballot import permissions
from services.ballot.ballot import rules, store
from services.ballot.ballot.domain import Annulment, Ballot, Candidate, Channel, State
from services.ballot.box import opening
from services.ballot.grading import commands as gradings
from services.ballot.grading import telling
from services.ballot.key import seals
from services.ballot.waking import store as wakings
from shared import clock
from shared.auth import Permission, Reach, Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.errors import NotYet
from shared.events.ballot import BallotAnnulled, BallotClosed, BallotCounted, BallotOpened
from shared.messaging import tell
from shared.scheme import NoScheme, Scheme, version

PAGE = 50


def access(
    conn: Connection, viewer: Viewer, permission: Permission, ballot_id: UUID, *, hold: bool = False
) -> tuple[Ballot, Organization]:
    """Open the door to a ballot: its tellers go by their own right, others by their role; `hold` before a change.

    Raises `BallotNotFound`, `NotAllowed`.
    """
    ballot = (store.get if hold else store.read)(conn, viewer.tenant_id, ballot_id)
    own = viewer.id if viewer.id in ballot.tellers else None
    return ballot, require(conn, viewer, permission, ballot.organization_id, person_id=own)


def scheme_of(conn: Connection, ballot: Ballot) -> Scheme:
    """Give the scheme under which the ballot was called."""
    return version(conn, ballot.tenant_id, ballot.scheme_id, ballot.scheme_version)


def call(conn: Connection, tenant_id: UUID, facts: dict[str, Any]) -> None:
    """Enter a ballot as `ballot.called` tells it; a second hearing changes nothing.

    Raises `BallotCannotBeCalled`, and `NotYet` while the scheme or the organisation has not arrived.
    """
    facts = _held_to_scheme(conn, tenant_id, facts)
    candidates = [Candidate(each["person_id"], each["name"], each["note"]) for each in facts["candidates"]]
    credentials = facts["credentials"]
    rules.check_call(facts["channel"], facts["tellers"], candidates, facts["places"], credentials)
    ballot = _called(tenant_id, facts, len(candidates))
    if store.add(conn, ballot, candidates) and credentials:
        opening.prepare(conn, ballot, credentials)


def call_grading(conn: Connection, tenant_id: UUID, facts: dict[str, Any]) -> None:
    """Enter a grading as `grading.called` tells it; a second hearing changes nothing. Raises as `call`."""
    facts = _held_to_scheme(conn, tenant_id, facts)
    if ballot := gradings.call(conn, tenant_id, facts):
        opening.prepare(conn, ballot, facts["credentials"])


def _held_to_scheme(conn: Connection, tenant_id: UUID, facts: dict[str, Any]) -> dict[str, Any]:
    """Give the facts of a call once all around it has arrived: never a smaller least number than the scheme's own."""
    try:
        scheme = version(conn, tenant_id, facts["scheme_id"], facts["scheme_version"])
        directory.get_organization(conn, tenant_id, facts["organization_id"])
    except (NoScheme, directory.OrganizationNotFound) as error:
        raise NotYet("the scheme or the organisation of a ballot") from error
    return {**facts, "secrecy_minimum": max(facts["secrecy_minimum"], scheme.ballot.secrecy_minimum)}


def _called(tenant_id: UUID, facts: dict[str, Any], candidates: int) -> Ballot:
    same = (
        "follows_id", "meeting_id", "organization_id", "title", "period", "places", "calculation", "entitled",
        "tellers", "scheme_id", "scheme_version", "paper_electors", "secrecy_minimum",
    )  # fmt: skip
    return Ballot(
        tenant_id=tenant_id,
        id=facts["ballot_id"],
        call_reason=facts["reason"],
        channel=Channel(facts["channel"]),
        electronic=len(facts["credentials"]),
        choices=min(facts["places"], candidates),
        expected=facts["present"],
        state=State.CALLED,
        called_at=clock.now(),
        **{name: facts[name] for name in same},
    )


def annul(conn: Connection, viewer: Viewer, ballot_id: UUID, reason: str) -> Ballot:
    """Make a ballot void by the secretary's decision and tell it; the branch calls another one."""
    ballot, _ = access(conn, viewer, permissions.ANNUL_BALLOT, ballot_id, hold=True)
    annulled = rules.annul(ballot, Annulment.DECISION, reason, by=viewer.id, at=clock.now())
    store.save(conn, annulled)
    wakings.forget(conn, ballot.tenant_id, ballot.id)
    tell_annulled(conn, annulled)
    return annulled


def tell_opened(conn: Connection, ballot: Ballot) -> None:
    """Tell that votes can be cast."""
    if ballot.is_grading:
        telling.tell_opened(conn, ballot)
        return
    tell(
        conn,
        BallotOpened,
        tenant_id=ballot.tenant_id,
        subject=ballot.id,
        ballot_id=ballot.id,
        organization_id=ballot.organization_id,
        present=ballot.present,
    )


def tell_annulled(conn: Connection, ballot: Ballot) -> None:
    """Tell that a ballot is void."""
    if ballot.is_grading:
        telling.tell_annulled(conn, ballot)
        return
    seals.tell(
        conn,
        BallotAnnulled,
        tenant_id=ballot.tenant_id,
        subject=ballot.id,
        ballot_id=ballot.id,
        organization_id=ballot.organization_id,
        reason=ballot.annulment,
        statement=ballot.statement,
    )


def tell_closed(conn: Connection, ballot: Ballot) -> None:
    """Tell that nothing can be put in any more, and how much was: papers and electronic ballots together."""
    if ballot.is_grading:  # nobody waits for the end of one: what follows it is its count
        return
    tell(
        conn,
        BallotClosed,
        tenant_id=ballot.tenant_id,
        subject=ballot.id,
        ballot_id=ballot.id,
        organization_id=ballot.organization_id,
        issued=ballot.total.issued,
        returned=ballot.total.returned,
    )


def tell_counted(conn: Connection, ballot: Ballot) -> None:
    """Tell the totals as they stand, of both channels together."""
    candidates = store.list_candidates(conn, ballot.tenant_id, ballot.id)
    tell(
        conn,
        BallotCounted,
        tenant_id=ballot.tenant_id,
        subject=ballot.id,
        ballot_id=ballot.id,
        organization_id=ballot.organization_id,
        present=ballot.present,
        **asdict(ballot.total),
        totals=[{"person_id": each.person_id, "votes": each.votes} for each in candidates],
    )


def list_reached(conn: Connection, viewer: Viewer, organization_id: UUID | None, page: int = 1) -> list[Ballot]:
    """List the ballots that the viewer may look at, the newest first; of one organisation and below if it is named."""
    under = ""
    if organization_id is not None:
        under = require(conn, viewer, permissions.READ_BALLOT, organization_id).path
    reached = store.Reached(_paths(viewer, Reach.OWN), _paths(viewer, Reach.WITHIN), viewer.id)
    return store.list_reached(conn, viewer.tenant_id, reached, under=under, limit=PAGE, offset=PAGE * (page - 1))


def _paths(viewer: Viewer, reach: Reach) -> list[str]:
    grants = permissions.READ_BALLOT.grants
    return sorted({held.path for held in viewer.held if grants.get(held.role) is reach})


def branch_names(conn: Connection, ballots: list[Ballot]) -> dict[UUID, str]:
    """Give the names of the organisations that hold these ballots."""
    places = {(each.tenant_id, each.organization_id) for each in ballots}
    return {place: directory.get_organization(conn, tenant_id, place).name for tenant_id, place in places}
