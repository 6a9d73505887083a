"""Making a roll with its credentials, giving an elector the own one, and erasing them when nothing depends on them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.award import store as awards
from services.evaluation.election import store as elections
from services.evaluation.election.domain import Election
from services.evaluation.register import citing
from services.evaluation.register import store as registers
from services.evaluation.register.domain import DeedState
from services.evaluation.roll import rules, store
from services.evaluation.roll.domain import Candidate, Elector, Roll, Ticket, Way
from shared import clock
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.period import months_after
from shared.scheme import Scheme
from shared.voting import roll as rolls

BATCH = 100


def access(conn: Connection, viewer: Viewer, permission: Permission, election_id: UUID) -> Election:
    """Open the door to a ballot for what is the viewer's own in it. Raises `ElectionNotFound`, `NotAllowed`."""
    election = elections.read(conn, viewer.tenant_id, election_id)
    require(conn, viewer, permission, election.organization_id, person_id=viewer.id)
    return election


def make(conn: Connection, vault: Vault, election: Election, ways: Mapping[UUID, Way], scheme: Scheme) -> list[str]:
    """Enter the roll of a called ballot; give the public credentials, sorted, so that they tell nothing of the roll."""
    electronic = [person_id for person_id, way in ways.items() if way is Way.ELECTRONIC]
    sealed, public = rolls.issue(vault, election.id, electronic)
    months = scheme.ballot.roll_months
    roll = Roll(
        election.tenant_id, election.id, len(sealed), len(ways) - len(sealed), scheme.ballot.secrecy_minimum,
        months_after(clock.day_of(election.called_at), months), fingerprint=rolls.fingerprint(public),
    )  # fmt: skip
    electors = [
        Elector(election.tenant_id, election.id, person_id, way, sealed.get(person_id))
        for person_id, way in ways.items()
    ]
    store.add(conn, roll, electors)
    return public


def ways_of(conn: Connection, election: Election) -> dict[UUID, Way]:
    """Say how each elector of a ballot votes, as long as another vote may need it."""
    electors = store.list_electors(conn, election.tenant_id, election.id)
    return {one.person_id: one.channel for one in electors if one.channel is not None}


def ticket(conn: Connection, viewer: Viewer, vault: Vault, election_id: UUID) -> Ticket:
    """Give the viewer's own credential, and what to read about the candidates; that it was asked for is kept nowhere.

    Raises `ElectionNotFound`, `NotAllowed`, `NotAnElector`, `VotesOnPaper`, `VotingOver`, `CredentialErased`.
    """
    election = access(conn, viewer, permissions.TAKE_CREDENTIAL, election_id)
    sealed = rules.released(election, store.find_elector(conn, viewer.tenant_id, election.id, viewer.id))
    roll = store.list_rolls(conn, viewer.tenant_id, [election.id])[election.id]
    return Ticket(vault.open(sealed), tuple(_candidates(conn, election)), roll.fingerprint)


def erase(conn: Connection, now: datetime) -> int:
    """Erase the credentials of rolls on which nothing depends any more; give how much there was to look at.

    Looked at are the rolls of ballots that moved on since (the database itself notes it beside the change), and those
    whose months are over. Who voted on paper is forgotten too, once the meeting is closed and no vote can follow.
    """
    today = clock.day_of(now)
    moved = store.take_moved(conn, BATCH)
    _erase(conn, store.lock_freed(conn, moved, sorted(rules.SETTLED)) if moved else [], now)
    due = store.list_due(conn, today, BATCH)
    _erase(conn, due, now)
    store.erase_ways(conn, [*moved, *((roll.tenant_id, roll.election_id) for roll in due)], now)
    return len(moved) + len(due)


def _erase(conn: Connection, found: Sequence[Roll], now: datetime) -> None:
    for roll in found:
        election = elections.read(conn, roll.tenant_id, roll.election_id)
        states = [one.state for one in awards.list_of_elections(conn, roll.tenant_id, [roll.election_id])]
        if rules.erasable(roll, election, states, clock.day_of(now)):
            store.erase(conn, replace(roll, erased_at=now))


def _candidates(conn: Connection, election: Election) -> list[Candidate]:
    ids = [one.person_id for one in election.standing()]
    deeds: dict[UUID, list[str]] = {person_id: [] for person_id in ids}
    promised: dict[UUID, dict[str, None]] = {person_id: {} for person_id in ids}
    entered = registers.list_deeds(conn, election.tenant_id, ids, election.period)
    cited = citing.of(conn, election.tenant_id, entered)
    for deed in entered:
        if deed.state is not DeedState.ENTERED:
            deeds[deed.person_id].append(deed.text)
            if deed.id in cited:
                promised[deed.person_id][cited[deed.id].label] = None
    return [Candidate(one, "\n".join(deeds[one]), "\n".join(promised[one])) for one in ids]
