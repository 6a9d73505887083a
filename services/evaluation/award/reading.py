"""Paths as a reader may know them."""

from dataclasses import dataclass
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.award import commands, opening, path, store
from services.evaluation.award.domain import AwardState
from services.evaluation.award.path import Item, Path
from services.evaluation.election import store as elections
from services.evaluation.election.commands import access as election_access
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Meeting
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
    return Path(award, (*shared, *own.items))


def path_of_ballot(conn: Connection, viewer: Viewer, ballot_id: UUID) -> BallotPath:
    """Give the path of a ballot's meeting with all its awards. Raises `ElectionNotFound`, `NotAllowed`."""
    election = election_access(conn, viewer, permissions.READ_AWARDS, ballot_id)
    return _path(conn, viewer, election.meeting_id)


def _path(conn: Connection, viewer: Viewer, meeting_id: UUID, only: UUID | None = None) -> BallotPath:
    tenant_id = viewer.tenant_id
    meeting = meetings.read(conn, tenant_id, meeting_id)
    organization = directory.get_organization(conn, tenant_id, meeting.organization_id)
    chain = elections.list_of_meeting(conn, tenant_id, meeting.id)
    named = [meeting.announced_by, meeting.opened_by, meeting.closed_by]
    named += [person for one in chain for person in [one.called_by, *one.tellers]]
    people = directory.list_named(conn, tenant_id, [one for one in named if one])
    resolved = elections.find_no_election(conn, tenant_id, meeting.id)
    booths = {election_id for election_id, _ in rolls.list_open(conn, tenant_id, viewer.id)}
    items = path.of_meeting(meeting, chain, resolved, people, booths)
    found = store.list_of_elections(conn, tenant_id, [one.id for one in chain])
    steps = store.list_steps(conn, tenant_id, [one.id for one in found])
    reasons = viewer.may(permissions.READ_REASONS, organization.path)
    files = next((one for one in directory.list_lineage(conn, organization) if one.kind in FILES), organization)

    def opened(items: list[Item]) -> tuple[Item, ...]:
        return path.with_current(opening.opened(viewer, organization.path, files.path, items))

    paths = []
    for award in found:
        own = path.of_award(
            award, [step for step in steps if step.award_id == award.id], filer=files.name, reasons=reasons
        )
        if only in {None, award.id} and (award.state is not AwardState.WITHHELD or reasons or only):
            paths.append(Path(award, opened(own)))
    return BallotPath(meeting, organization, opened(items), tuple(paths))
