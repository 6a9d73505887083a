"""The ledger (台账) of branches as a reader may know it: every ballot with its numbers, winners and votes (R-135)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.award import store
from services.evaluation.award.domain import Award
from services.evaluation.election import store as elections
from services.evaluation.election.domain import Election, ElectionState
from services.evaluation.election.rules import resolution
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Meeting, MeetingState
from shared.auth import Permission, Viewer
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.scheme import store as schemes

QUARTERS = 4
REMEDIES = {"second_round": "，另行选举", "reduce": "，减少名额"}


@dataclass(frozen=True)
class Round:
    """One ballot of a meeting: the first, a re-vote among the tied, a repeated one, also a void one."""

    election: Election
    awards: tuple[Award, ...]
    votes: tuple[tuple[str, int], ...]
    """name and votes of the candidates whose votes the reader may know, in 姓氏笔画 order"""
    hidden: bool
    """too few valid papers to say who got how many (requirements 5.1)"""

    @property
    def votes_line(self) -> str:
        """Write the votes in one line."""
        if self.hidden:
            return "有效票较少，不列"
        return "、".join(f"{name} {count}票" for name, count in self.votes)

    @property
    def outcome(self) -> str:
        """Say what came of a ballot without a winner."""
        if self.election.state is ElectionState.ANNULLED:
            return f"已作废：{self.election.annul_statement}"
        if self.election.state is not ElectionState.COUNTED:
            return "尚未计票"
        if self.election.tied:
            return "得票相同，再次投票"
        remedy = self.election.remedy
        return f"没有人当选{REMEDIES[remedy['kind']] if remedy else ''}"


@dataclass(frozen=True)
class Line:
    """One quarter of one branch in the ledger (R-135)."""

    organization: Organization
    meeting: Meeting
    observer: str
    rounds: tuple[Round, ...]
    resolved: str
    """that the branch resolved not to vote (again), and why"""

    @property
    def awards(self) -> list[Award]:
        """Give the awards of all its ballots."""
        return [award for one in self.rounds for award in one.awards]


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
        return f"普通党员{ordinary}名，占{len(winners)}名当选者的{share}%"


def load(
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
    rounds = _rounds(conn, viewer, {one.id: one for one in readable}, period)
    return Ledger(tuple(_lines(conn, readable, held, rounds)))


def _lines(
    conn: Connection, readable: Sequence[Organization], held: Sequence[Meeting], rounds: Sequence[Round]
) -> Iterator[Line]:
    if not held:
        return
    tenant_id = held[0].tenant_id
    observers = directory.list_named(conn, tenant_id, [one.observer_id for one in held if one.observer_id])
    by_id = {one.id: one for one in readable}
    resolved = elections.list_no_elections(conn, tenant_id, [one.id for one in held])
    for meeting in held:
        if meeting.state is MeetingState.CANCELLED:
            continue
        own = tuple(one for one in rounds if one.election.meeting_id == meeting.id)
        observer = observers[meeting.observer_id].name if meeting.observer_id in observers else ""
        reason = _resolved(own, resolved.get(meeting.id, ""))
        yield Line(by_id[meeting.organization_id], meeting, observer, own, reason)


def _resolved(rounds: Sequence[Round], reason: str) -> str:
    return f"{resolution([one.election for one in rounds])}：{reason}" if reason else ""


def _rounds(conn: Connection, viewer: Viewer, branches: Mapping[UUID, Organization], period: str) -> list[Round]:
    chains = elections.list_of_organizations(conn, viewer.tenant_id, list(branches), period[:4])
    awards = store.list_of_organizations(conn, viewer.tenant_id, list(branches), period)
    totals = elections.list_totals(conn, viewer.tenant_id, [one.id for one in chains])
    floors = _floors(conn, chains)
    rounds = []
    for election in chains:
        path = branches[election.organization_id].path
        shown = [one for one in awards if one.election_id == election.id]
        if not viewer.may(permissions.READ_REASONS, path):
            shown = [one for one in shown if one.alive]
        few = election.valid is not None and election.valid < floors[election.scheme_id, election.scheme_version]
        votes = () if few else _votes(election, totals, every=viewer.may(permissions.READ_VOTES, path))
        rounds.append(Round(election, tuple(shown), votes, few))
    return rounds


def _floors(conn: Connection, chains: Sequence[Election]) -> dict[tuple[UUID, int], int]:
    """Give from how many valid papers on the schemes of some ballots let votes be told."""
    followed = {(one.scheme_id, one.scheme_version): one.tenant_id for one in chains}
    return {key: schemes.version(conn, tenant_id, *key).ballot.disclosed_from for key, tenant_id in followed.items()}


def _votes(election: Election, totals: Mapping[tuple[UUID, UUID], int], *, every: bool) -> tuple[tuple[str, int], ...]:
    """Give the votes of the winners, to those who must know of all candidates (R-136)."""
    won = set((election.outcome or {}).get("winners", []))
    return tuple(
        (one.name, totals[election.id, one.person_id])
        for one in election.standing()
        if (every or str(one.person_id) in won) and (election.id, one.person_id) in totals
    )
