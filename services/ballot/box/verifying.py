"""What a verification worker does: claims ballots that wait, checks every proof, appends the good ones to the chain."""

from uuid import UUID

from services.ballot.archive.records import Record
from services.ballot.ballot import store as ballots
from services.ballot.ballot.domain import State
from services.ballot.box import facts, store
from services.ballot.box.domain import Facts, Pending
from services.ballot.ledger import store as ledger
from services.ballot.protocol import ballot as protocol
from services.ballot.protocol.text import Malformed
from shared.db import Connection
from shared.events import Message

AT_ONCE = 8


def hear(conn: Connection, message: Message) -> None:
    """Act on `ballot.cast`."""
    verify(conn, message.tenant_id, message.data["ballot_id"])


def verify(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> int:
    """Verify some of the ballots that wait; give how many. Other workers take others meanwhile.

    The chain is held only while it is written, after all the arithmetic. Within a batch the tracking numbers decide
    the order, not the arrival.
    """
    claimed = store.claim(conn, tenant_id, ballot_id, AT_ONCE)
    if not claimed:
        return 0
    if ballots.read(conn, tenant_id, ballot_id).state in {State.OPEN, State.CLOSING}:
        box = facts.of(conn, ballot_id)
        judged = [(each, fault(box, each.body)) for each in claimed]
        store.refuse(conn, tenant_id, ballot_id, [(each, code) for each, code in judged if code])
        _append(conn, box, [each for each, code in judged if not code])
    store.remove(conn, tenant_id, ballot_id, claimed)
    return len(claimed)


def fault(box: Facts, body: str) -> str:
    """Give the code of what is wrong with a ballot, or nothing."""
    try:
        ballot = protocol.read(box.election, body, box.credentials)
        protocol.check_signature(box.election, ballot)
        protocol.check_proofs(box.election, ballot)
    except Malformed as error:
        return error.code
    return "" if ballot.credential in box.credentials else "credential_unknown"


def _append(conn: Connection, box: Facts, good: list[Pending]) -> None:
    chain = ledger.hold(conn, box.tenant_id, box.ballot_id)
    known = store.known(conn, box.tenant_id, box.ballot_id, [each.tracker for each in good])
    # A text that is in the chain is public: whoever hands it in again must not undo its voter's later ballot.
    new = sorted((each for each in good if each.tracker not in known), key=lambda each: each.tracker)
    if not new:
        return
    builder, records, placed = chain.builder(), list[Record](), list[tuple[Pending, int]]()
    for each in new:
        placed.append((each, chain.records + len(records)))
        records += builder.ballot(each.body)
    ledger.append(conn, chain, builder, records)
    store.accept(conn, box.tenant_id, box.ballot_id, placed)
