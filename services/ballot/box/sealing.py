"""How a box closes: at its deadline, and, once nothing waits before it, under seal with its encrypted sum."""

from datetime import datetime
from functools import partial
from uuid import UUID

from services.ballot.archive.records import Record
from services.ballot.ballot import commands as calls
from services.ballot.ballot import store as ballots
from services.ballot.ballot.domain import Ballot, State
from services.ballot.box import facts, rules, store
from services.ballot.box.opening import uuid_of
from services.ballot.key import seals
from services.ballot.ledger import store as ledger
from services.ballot.protocol import ballot as protocol
from services.ballot.protocol.tally import Accumulator
from services.ballot.trouble.commands import attempt
from services.ballot.trouble.domain import Step
from services.ballot.waking import store as wakings
from shared.db import Connection
from shared.events.trustee import DecryptionRequested


def close_due(conn: Connection, now: datetime) -> int:
    """Close one box whose deadline has passed; give whether there was one. One that fails holds up no other."""
    found = store.list_due(conn, now, 1)
    for tenant_id, ballot_id in found:
        attempt(conn, tenant_id, ballot_id, Step.CLOSE, partial(_close, conn, tenant_id, ballot_id, now), at=now)
    return len(found)


def _close(conn: Connection, tenant_id: UUID, ballot_id: UUID, now: datetime) -> None:
    store.shut(conn, ballot_id)
    ballots.save(conn, rules.close_by_clock(ballots.get(conn, tenant_id, ballot_id), at=now))


def seal_drained(conn: Connection, now: datetime) -> int:
    """Seal one closed box before which nothing waits; give whether there was one. One that fails holds up no other."""
    found = store.list_drained(conn, now, 1)
    for tenant_id, ballot_id in found:
        ballot = ballots.get(conn, tenant_id, ballot_id)
        attempt(conn, tenant_id, ballot_id, Step.SEAL, partial(_seal, conn, ballot, now), at=now)
    return len(found)


def _seal(conn: Connection, ballot: Ballot, now: datetime) -> None:
    last = store.list_last(conn, ballot.tenant_id, ballot.id)
    absent_vote = calls.scheme_of(conn, ballot).ballot.electors == "entitled"
    sealed = rules.seal(ballot, len(last), absent_vote=absent_vote, at=now)
    ballots.save(conn, sealed)
    wakings.forget(conn, ballot.tenant_id, ballot.id)
    if sealed.state is State.ANNULLED:
        calls.tell_annulled(conn, sealed)
        return
    chain = ledger.hold(conn, ballot.tenant_id, ballot.id)
    builder = chain.builder()
    records: list[Record] = [*builder.end(), *builder.tally(_sum(conn, ballot, last), len(last))]
    ledger.append(conn, chain, builder, records)
    calls.tell_closed(conn, sealed)
    if sealed.state is State.TALLYING:
        request_decryption(conn, sealed)


def _sum(conn: Connection, ballot: Ballot, last: list[str]) -> str:
    box = facts.of(conn, ballot.id)
    total = Accumulator(box.election)
    for text in last:
        total.add(protocol.read(box.election, text, box.credentials))
    return total.text


def ask_again(conn: Connection, ballot_id: UUID) -> bool:
    """Ask the seats anew for the sum of a box that waits for it, by the operator's word; who answered says the same.

    False where nothing is waited for. Raises `BoxNotFound`.
    """
    box = store.find(conn, ballot_id)
    ballot = ballots.get(conn, box.tenant_id, ballot_id)
    if ballot.state is not State.TALLYING:
        return False
    request_decryption(conn, ballot)
    return True


def request_decryption(conn: Connection, ballot: Ballot) -> None:
    """Ask the trustees to check the sealed archive and to decrypt its sum; nothing was decrypted before."""
    box = store.read(conn, ballot.tenant_id, ballot.id)
    chain = ledger.hold(conn, ballot.tenant_id, ballot.id)
    seals.tell(
        conn,
        DecryptionRequested,
        tenant_id=ballot.tenant_id,
        subject=ballot.id,
        ballot_id=ballot.id,
        ceremony_id=box.ceremony_id,
        period=ballot.period,
        uuid=uuid_of(ballot.id),
        head=chain.head,
    )
