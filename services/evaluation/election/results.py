"""Elections as a reader may know them: the votes of those who did not win stay with those who must know (R-136)."""

from typing import Any
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.election import commands, schemas, shortage, store
from services.evaluation.election.domain import Election, ElectionState
from services.evaluation.eligibility.commands import access
from services.evaluation.meeting import store as meetings
from services.evaluation.roll import commands as rolls
from services.evaluation.roll import store as roll_store
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.scheme import store as schemes

HANDED_OUT = {ElectionState.CALLED, ElectionState.OPENED}
"""When papers are handed out: who does so reads who gets none."""


def read(conn: Connection, viewer: Viewer, election_id: UUID) -> dict[str, Any]:
    """Give one election. Raises `ElectionNotFound`, `NotAllowed`."""
    return _shown(conn, viewer, [commands.access(conn, viewer, permissions.READ_ELECTION, election_id)])[0]


def list_of_meeting(conn: Connection, viewer: Viewer, meeting_id: UUID) -> list[dict[str, Any]]:
    """Give the elections of a meeting. Raises `MeetingNotFound`, `NotAllowed`."""
    meeting = access(conn, viewer, permissions.READ_ELECTION, meeting_id, lock=False)
    return _shown(conn, viewer, store.list_of_meeting(conn, viewer.tenant_id, meeting.id))


def _shown(conn: Connection, viewer: Viewer, elections: list[Election]) -> list[dict[str, Any]]:
    """Show elections of one meeting."""
    if not elections:
        return []
    organization = directory.get_organization(conn, viewer.tenant_id, elections[0].organization_id)
    everything = viewer.may(permissions.READ_VOTES, organization.path)
    inside = viewer.organization.id == organization.id
    runs = viewer.may(permissions.CALL_BALLOT, organization.path)
    kept = roll_store.list_rolls(conn, viewer.tenant_id, [one.id for one in elections])
    totals = store.list_totals(conn, viewer.tenant_id, [one.id for one in elections])
    left = _left(conn, viewer.tenant_id, elections)
    found = []
    for election in elections:
        votes = {one.person_id: totals[election.id, one.person_id] for one in election.standing()
                 if (election.id, one.person_id) in totals}  # fmt: skip
        scheme = schemes.version(conn, election.tenant_id, election.scheme_id, election.scheme_version)
        enough = (election.valid or 0) >= scheme.ballot.disclosed_from
        # Outside the branch totals of a handful betray votes, also to those entitled (requirements 5.1).
        known = votes if enough or (everything and inside) else None
        roll = kept.get(election.id)
        hands_out = roll and election.state in HANDED_OUT and (runs or viewer.id in election.tellers)
        ways = rolls.ways_of(conn, election) if hands_out else None
        found.append(
            schemas.shown(election, known, winners_only=not everything, roll=roll, ways=ways, **left[election.id])
        )
    return found


def _left(conn: Connection, tenant_id: UUID, elections: list[Election]) -> dict[UUID, dict[str, int]]:
    """Give by election the places that stay empty, and those for which the branch may still do something."""
    meeting = meetings.read(conn, tenant_id, elections[0].meeting_id)
    chain = store.list_of_meeting(conn, tenant_id, meeting.id)
    resolved = store.find_no_election(conn, tenant_id, meeting.id) is not None
    source = chain[-1] if chain else elections[-1]
    scheme = schemes.version(conn, tenant_id, source.scheme_id, source.scheme_version)
    offered = shortage.offered(meeting, scheme, chain)
    return {
        one.id: {
            "empty": shortage.empty(chain, one, resolved=resolved),
            "short": offered.places if offered and offered.source.id == one.id else 0,
        }
        for one in elections
    }
