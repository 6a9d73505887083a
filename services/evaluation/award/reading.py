"""Paths as a reader may know them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.award import commands, doers, opening, path, rules, store
from services.evaluation.award.domain import Award, AwardState
from services.evaluation.award.path import Hall, Item, Path
from services.evaluation.election import store as elections
from services.evaluation.election.commands import access as election_access
from services.evaluation.eligibility import store as eligibility
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Meeting
from services.evaluation.pledge import store as pledges
from services.evaluation.register import citing
from services.evaluation.register import store as registers
from services.evaluation.register.domain import Deed
from services.evaluation.roll import store as rolls
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import FILES, Organization

QUARTERS = 4


@dataclass(frozen=True)
class BallotPath:
    """The path of a meeting's ballots, and of every award that came of them."""

    meeting: Meeting
    organization: Organization
    items: tuple[Item, ...]
    awards: tuple[Path, ...]


def path_of_award(conn: Connection, viewer: Viewer, award_id: UUID) -> Path:
    """Give the whole path of one award. Raises `AwardNotFound`, `NotAllowed`."""
    award = commands.access(conn, viewer, permissions.READ_AWARDS, award_id)
    whole = _path(conn, viewer, award.meeting_id, only=award.id)
    own = next(one for one in whole.awards if one.award.id == award.id)
    shared = [item for item in whole.items if item.key not in {"no_election"}]
    return Path(award, path.with_current(path.in_order([*shared, *own.items])))


def path_of_ballot(conn: Connection, viewer: Viewer, ballot_id: UUID) -> BallotPath:
    """Give the path of a ballot's meeting with all its awards. Raises `ElectionNotFound`, `NotAllowed`.

    What is going on stands where it stands for each award: among the meeting's steps until all are done.
    """
    election = election_access(conn, viewer, permissions.READ_AWARDS, ballot_id)
    whole = _path(conn, viewer, election.meeting_id)
    if any(not item.done for item in whole.items):
        return replace(whole, items=path.with_current(whole.items))
    return replace(whole, awards=tuple(replace(one, items=path.with_current(one.items)) for one in whole.awards))


def _path(conn: Connection, viewer: Viewer, meeting_id: UUID, only: UUID | None = None) -> BallotPath:
    tenant_id = viewer.tenant_id
    meeting = meetings.read(conn, tenant_id, meeting_id)
    organization = directory.get_organization(conn, tenant_id, meeting.organization_id)
    hall = _hall(conn, viewer, meeting, organization)
    found = store.list_of_elections(conn, tenant_id, [one.id for one in hall.chain])
    steps = store.list_steps(conn, tenant_id, [one.id for one in found])
    reasons = viewer.may(permissions.READ_REASONS, organization.path)
    deeds = _citing(conn, found)
    acts = [*((step.by_id, step.at) for step in steps),
            *((deed.confirmed_by, deed.confirmed_at) for deed in deeds.values())]  # fmt: skip
    names = doers.named(conn, organization, acts) if reasons else {}
    files = next((one for one in directory.list_lineage(conn, organization) if one.kind in FILES), organization)

    def opened(items: list[Item]) -> tuple[Item, ...]:
        return tuple(opening.opened(viewer, organization.path, files.path, items))

    paths = []
    for award in found:
        mine = [step for step in steps if step.award_id == award.id]
        grew = _grown(conn, deeds[award.id], award, names) if award.id in deeds else []
        own = [*grew, *path.of_award(award, mine, filer=files.name, reasons=reasons, names=names)]
        if only in {None, award.id} and (award.state is not AwardState.WITHHELD or reasons or only):
            paths.append(Path(award, opened(own)))
    return BallotPath(meeting, organization, opened(path.of_meeting(hall)), tuple(paths))


def _citing(conn: Connection, awards: Sequence[Award]) -> dict[UUID, Deed]:
    """Give by award the winner's confirmed deed that refers to a pledge; most have none."""
    found = {}
    for award in awards:
        deeds = registers.list_deeds(conn, award.tenant_id, [award.person_id], award.period)
        if deed := rules.citing_deed(deeds):
            found[award.id] = deed
    return found


def _grown(conn: Connection, deed: Deed, award: Award, names: Mapping[UUID, str]) -> list[Item]:
    """Give from which promise an award grew. Of a pledge made in another branch the reader has no page."""
    citation = citing.of(conn, award.tenant_id, [deed]).get(deed.id)
    if citation is None:
        return []
    home = pledges.find_home(conn, award.tenant_id, citation.pledge_id)
    address = f"/pledge/pledges/{citation.pledge_id}" if home == award.organization_id else ""
    return [path.of_deed(deed, citation, names=names, pledge=address)]


def _hall(conn: Connection, viewer: Viewer, meeting: Meeting, organization: Organization) -> Hall:
    tenant_id = viewer.tenant_id
    chain = elections.list_of_meeting(conn, tenant_id, meeting.id)
    called_at = chain[0].called_at if chain else None
    decisions = [
        one
        for one in eligibility.list_decisions(conn, tenant_id, meeting.id)
        if called_at is None or one.decided_at <= called_at
    ]
    notes = meetings.list_notes(conn, tenant_id, meeting.id)
    acts: list[doers.Act] = [
        (meeting.announced_by, meeting.announced_at), (meeting.observer_id, meeting.observer_at),
        (meeting.observer_by, meeting.observer_at), (meeting.opened_by, meeting.opened_at),
        (meeting.closed_by, meeting.closed_at), *((one.decided_by, one.decided_at) for one in decisions),
        *((note.by, note.at) for note in notes),
    ]  # fmt: skip
    acts += [(person, one.called_at) for one in chain for person in [one.called_by, *one.tellers]]
    acts += [one.remedied for one in chain if one.remedied]
    return Hall(
        meeting, chain, elections.find_no_election(conn, tenant_id, meeting.id), decisions, notes,
        doers.named(conn, organization, acts),
        {election_id for election_id, _ in rolls.list_open(conn, tenant_id, viewer.id)},
    )  # fmt: skip
