"""Calling a ballot, resolving to elect nobody, and acting on what ballot tells."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.election import ranking, rules, store
from services.evaluation.election.domain import Election, ElectionState
from services.evaluation.eligibility import commands as eligibility
from services.evaluation.meeting import rules as meeting_rules
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Meeting
from services.evaluation.quota import commands as quotas
from services.evaluation.quota.domain import Quota
from services.evaluation.roll import commands as rolls
from services.evaluation.roll import rules as roll_rules
from services.evaluation.roll.domain import Way
from services.evaluation.sitting import exchange, roll
from shared import clock
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Person
from shared.errors import Refusal
from shared.events.evaluation import BallotCalled
from shared.messaging import tell
from shared.scheme import Scheme
from shared.web import words


@dataclass(frozen=True)
class Preparation:
    """Everything a branch sees before it calls a ballot."""

    meeting: Meeting
    scheme: Scheme
    ready: rules.Readiness
    quota: Quota | None
    chain: Sequence[Election]


def access(conn: Connection, viewer: Viewer, permission: Permission, election_id: UUID) -> Election:
    """Open the door to an election. Raises `ElectionNotFound`, `NotAllowed`."""
    election = store.read(conn, viewer.tenant_id, election_id)
    require(conn, viewer, permission, election.organization_id)
    return election


def prepare(conn: Connection, meeting: Meeting, *, declined: Sequence[UUID] = (), hold: bool = False) -> Preparation:
    """Gather what the call of a ballot is judged by; `hold` what others may change until it is called."""
    scheme = eligibility.scheme_of(conn, meeting)
    attendees = meetings.list_attendees(conn, meeting.tenant_id, meeting.id)
    presentations = meetings.list_presentations(conn, meeting.tenant_id, meeting.id)
    comments = meetings.list_comments(conn, meeting.tenant_id, meeting.id)
    reviewed = eligibility.review(conn, meeting, scheme)
    standing = rules.candidates(reviewed, declined)
    quota, problem = None, ""
    try:
        quota = quotas.quota_of(conn, meeting, scheme, attendees, candidates=len(standing), hold=hold)
    except Refusal as refusal:
        problem = refusal.message
    chain = store.list_of_meeting(conn, meeting.tenant_id, meeting.id)
    ready = rules.Readiness(
        meeting,
        store.state_of(conn, meeting.tenant_id, meeting.id),
        meeting_rules.count(attendees, scheme),
        roll.gaps(attendees),
        exchange.gaps(attendees, presentations, comments, scheme),
        reviewed,
        attendees,
        declined,
        quota.places if quota else None,
        problem,
    )
    return Preparation(meeting, scheme, ready, quota, chain)


def call(
    conn: Connection,
    viewer: Viewer,
    vault: Vault,
    meeting_id: UUID,
    *,
    tellers: Sequence[UUID],
    channel: str | None = None,
    paper_electors: Sequence[UUID] = (),
    exceptions_reason: str = "",
    declined: Sequence[UUID] = (),
) -> Election:
    """Call the secret ballot of a meeting, or repeat one that is void; without a channel, by the scheme's.

    Raises `CannotCall` with all obstacles.
    """
    meeting = eligibility.access(conn, viewer, permissions.CALL_BALLOT, meeting_id)
    prepared = prepare(conn, meeting, declined=declined, hold=True)
    ready, scheme = prepared.ready, prepared.scheme
    channel = channel or scheme.ballot.channel
    found = rules.obstacles(ready, tellers, exceptions_reason)
    found += roll_rules.obstacles(ready.attendees, scheme, channel, paper_electors)
    if found:
        raise rules.CannotCall(details=found)
    ballot = _ballot(prepared)
    election = Election(
        meeting.tenant_id, uuid.uuid4(), meeting.id, meeting.organization_id, meeting.period, ballot.follows_id,
        ballot.reason, _title(conn, meeting, scheme) + ballot.mark, channel, ElectionState.CALLED,
        rules.listed(ballot.people), ballot.places, ballot.base, ballot.calculation, ballot.leader_places,
        ballot.again, ready.count.entitled, ready.count.present, list(tellers), list(declined), exceptions_reason,
        scheme.id, scheme.version, viewer.id, clock.now(), second=ballot.second,
    )  # fmt: skip
    return announce(conn, vault, election, roll_rules.ways(ready.attendees, scheme, channel, paper_electors), scheme)


@dataclass(frozen=True)
class _Ballot:
    """Who stands for how many places: anew, or where a re-vote or a second round was void, those of it again."""

    people: list[Person]
    places: int
    base: int
    calculation: str
    leader_places: int | None
    follows_id: UUID | None
    reason: str
    again: bool = False
    second: bool = False
    mark: str = ""


def _ballot(prepared: Preparation) -> _Ballot:
    ready, quota, scheme = prepared.ready, prepared.quota, prepared.scheme
    if quota is None:
        raise rules.CannotCall(details=[ready.quota_problem])
    people = rules.candidates(ready.reviewed, ready.declined)
    before = prepared.chain[-1] if prepared.chain else None
    follows_id = before.id if before else None
    if before is None or not before.completes or rules.voids(prepared.chain, before):
        leaders = ranking.leader_places(scheme.ballot, quota.places)
        return _Ballot(people, quota.places, quota.base, quota.line, leaders, follows_id, _reason(before))
    stood = {one.person_id for one in before.standing()}
    people = [one for one in people if one.id in stood]
    if not people:
        raise rules.CannotCall(details=["没有候选人。"])
    return _Ballot(
        people, before.places, quota.base, before.calculation, before.leader_places, follows_id, _reason(before),
        before.again, before.second, before.mark,
    )  # fmt: skip


def call_again(
    conn: Connection,
    vault: Vault,
    election: Election,
    tied: Sequence[UUID],
    places: int,
    leaders: int | None,
    scheme: Scheme,
) -> Election:
    """Call the re-vote among the tied by the scheme's rule; the same count calls it once.

    The electors and their channels stay, with new credentials.
    """
    names = [row for row in election.candidates if UUID(row["person_id"]) in set(tied)]
    again = Election(
        election.tenant_id, uuid.uuid5(election.id, "tie"), election.meeting_id, election.organization_id,
        election.period, election.id, "tie", f"{election.title}（再次投票）", election.channel, ElectionState.CALLED,
        names, places, election.base, f"{election.calculation}；得票相同，{len(names)}人再次投票，取{places}名",
        leaders, True, election.entitled, election.present, election.tellers, election.declined, "",
        election.scheme_id, election.scheme_version, None, clock.now(), second=election.second,
    )  # fmt: skip
    return announce(conn, vault, again, rolls.ways_of(conn, election), scheme)


def announce(conn: Connection, vault: Vault, election: Election, ways: Mapping[UUID, Way], scheme: Scheme) -> Election:
    """Keep a called ballot with its roll, which a paper ballot has not, and tell ballot."""
    store.call(conn, election)
    credentials = rolls.make(conn, vault, election, ways, scheme) if ways else []
    tell(
        conn, BallotCalled, tenant_id=election.tenant_id, subject=election.id, ballot_id=election.id,
        follows_id=election.follows_id, reason=election.reason, meeting_id=election.meeting_id,
        organization_id=election.organization_id, title=election.title, period=election.period,
        channel=election.channel,
        candidates=[
            {"person_id": one.person_id, "name": one.name, "note": one.note} for one in election.standing()
        ],
        places=election.places, calculation=election.calculation, entitled=election.entitled,
        present=election.present, tellers=election.tellers, scheme_id=election.scheme_id,
        scheme_version=election.scheme_version, credentials=credentials,
        secrecy_minimum=scheme.ballot.secrecy_minimum,
        paper_electors=len(ways) - len(credentials) if ways else election.present,
    )  # fmt: skip
    return election


def resolve_no_election(conn: Connection, viewer: Viewer, meeting_id: UUID, reason: str) -> Meeting:
    """Record that the branch resolved to elect nobody this quarter, with its reason (requirements Q3)."""
    meeting = eligibility.access(conn, viewer, permissions.CALL_BALLOT, meeting_id)
    if not reason.strip():
        raise rules.ReasonNeeded
    meeting_rules.running(meeting)
    scheme = eligibility.scheme_of(conn, meeting)
    state = store.state_of(conn, meeting.tenant_id, meeting.id)
    if state not in {None, "annulled"}:
        raise rules.CannotCall("本次会议已经发起投票或作出不评选的决定。")
    store.save_no_election(
        conn,
        {
            "tenant_id": meeting.tenant_id,
            "meeting_id": meeting.id,
            "organization_id": meeting.organization_id,
            "period": meeting.period,
            "reason": reason.strip(),
            "resolved_by": viewer.id,
            "resolved_at": clock.now(),
            "base": quotas.base(meetings.list_attendees(conn, meeting.tenant_id, meeting.id), scheme),
        },
    )
    return meeting


def note(
    conn: Connection, tenant_id: UUID, election_id: UUID, state: ElectionState, at: datetime, **facts: Any
) -> tuple[Election, bool]:
    """Note what ballot told about an election; say whether it was new."""
    before = store.get(conn, tenant_id, election_id)
    after = rules.advanced(before, state, at, **facts)
    if after != before:
        store.advance(conn, after)
    return after, after != before


def _reason(before: Election | None) -> str:
    if before is None:
        return "first"
    return "void" if before.annul_reason in {"returned_exceeds_issued", "too_few_ballots"} else "annulled"


def _title(conn: Connection, meeting: Meeting, scheme: Scheme) -> str:
    organization = directory.get_organization(conn, meeting.tenant_id, meeting.organization_id)
    quarter = words.period(meeting.period)
    return f"{organization.name}{quarter}{scheme.labels.star}评选"
