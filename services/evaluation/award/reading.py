"""Paths and ledgers as a reader may know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.award import commands, opening, path, store
from services.evaluation.award.domain import Award, AwardState
from services.evaluation.award.path import Item, Path
from services.evaluation.election import store as elections
from services.evaluation.election.commands import access as election_access
from services.evaluation.election.domain import Election, ElectionState
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Meeting, MeetingState
from services.evaluation.roll import store as rolls
from shared.auth import Permission, Viewer
from shared.db import Connection
from shared.directory import branches as branch
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


@dataclass(frozen=True)
class Line:
    """One quarter of one branch in the ledger (R-135)."""

    organization: Organization
    meeting: Meeting
    observer: str
    elections: tuple[Election, ...]
    awards: tuple[Award, ...]
    resolved: str
    """why nobody was elected"""

    @property
    def held(self) -> Election | None:
        """Give the newest ballot that was counted and stands."""
        return next((one for one in reversed(self.elections) if one.state is ElectionState.COUNTED), None)


@dataclass(frozen=True)
class Ledger:
    """Lines of several branches."""

    lines: tuple[Line, ...]

    @property
    def winners(self) -> list[Award]:
        """Give the awards that are on their way or published."""
        return [award for line in self.lines for award in line.awards if award.alive]

    @property
    def ordinary_share(self) -> str:
        """Write the share of ordinary members among the winners (R-132)."""
        winners = self.winners
        if not winners:
            return ""
        ordinary = sum(award.ordinary for award in winners)
        share = round(Fraction(ordinary * 100, len(winners)))
        return f"普通党员 {ordinary} 名，占 {len(winners)} 名当选者的 {share}%"


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


def ledger(
    conn: Connection,
    viewer: Viewer,
    period: str,
    organization_id: UUID | None = None,
    permission: Permission = permissions.READ_AWARDS,
) -> Ledger:
    """Give the ledger of a quarter (2013Q1) or a year (2013), of one organisation with all below, or of all readable.

    Members see what stands; awards that were withheld are for those who answer for the branch.
    """
    readable = branch.list_readable(conn, viewer, permission)
    if organization_id is not None:
        root = directory.get_organization(conn, viewer.tenant_id, organization_id)
        readable = [one for one in readable if root.contains(one.path)]
    ids = [one.id for one in readable]
    periods = [period] if "Q" in period else [f"{period}Q{number + 1}" for number in range(QUARTERS)]
    held = [one for each in periods for one in meetings.list_meetings(conn, viewer.tenant_id, ids, each)]
    awards = store.list_of_organizations(conn, viewer.tenant_id, ids, period)
    chains = elections.list_of_organizations(conn, viewer.tenant_id, ids, period[:4])
    observers = directory.list_named(conn, viewer.tenant_id, [one.observer_id for one in held if one.observer_id])
    by_id = {one.id: one for one in readable}
    resolved = elections.list_no_elections(conn, viewer.tenant_id, [one.id for one in held])
    lines = [
        Line(
            by_id[meeting.organization_id],
            meeting,
            observers[meeting.observer_id].name if meeting.observer_id in observers else "",
            tuple(one for one in chains if one.meeting_id == meeting.id),
            tuple(_visible(viewer, by_id[meeting.organization_id], awards, meeting.id)),
            resolved.get(meeting.id, ""),
        )
        for meeting in held
        if meeting.state is not MeetingState.CANCELLED
    ]
    return Ledger(tuple(lines))


def _visible(viewer: Viewer, organization: Organization, awards: Sequence[Award], meeting_id: UUID) -> list[Award]:
    every = viewer.may(permissions.READ_REASONS, organization.path)
    return [award for award in awards if award.meeting_id == meeting_id and (every or award.alive)]
