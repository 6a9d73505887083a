"""What the trustees' answers become: each is held to its proof, and as many as are needed make the result."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from services.ballot.answer import store as answers
from services.ballot.archive.records import Record
from services.ballot.ballot import commands as calls
from services.ballot.ballot import store as ballots
from services.ballot.ballot.domain import Ballot, State
from services.ballot.box import facts, rules, store
from services.ballot.box.domain import Decryption
from services.ballot.grading import commands as gradings
from services.ballot.key import seals
from services.ballot.ledger import store as ledger
from services.ballot.paper import store as sheets
from services.ballot.protocol import trustees as protocol
from services.ballot.protocol.election import Election
from services.ballot.protocol.tally import Tally, read_tally
from services.ballot.protocol.text import Malformed
from services.ballot.protocol.trustees import Trustees
from services.ballot.trouble import store as troubles
from services.ballot.trouble.commands import attempt
from services.ballot.trouble.domain import Step
from shared import audit, clock, log
from shared.db import Connection
from shared.events import Message
from shared.events.trustee import DecryptionDeclined, DecryptionMade

NOBODY = UUID(int=0)
SUM_BEFORE_HEAD = 3
"""The encrypted tally stands before its size and the event that seals it."""


def hear_decryption(conn: Connection, message: Message) -> None:
    """Take a trustee's answer under its seal. Raises `ForgedSeal`."""
    seals.check(DecryptionMade, message)
    receive_decryption(conn, message.tenant_id, message.data)


def hear_declined(conn: Connection, message: Message) -> None:
    """Note by its seat that a trustee does not decrypt, and why. Raises `ForgedSeal`."""
    seals.check(DecryptionDeclined, message)
    for code in message.data["faults"]:
        _note_fault(conn, message.tenant_id, message.data["ballot_id"], message.data["seat"], code)


def receive_decryption(conn: Connection, tenant_id: UUID, facts_told: dict[str, Any]) -> None:
    """Keep an answer whose proof holds, and count once there are enough; an answer that does not hold is named.

    A count that fails is written down for the tellers; the answers stay, and the next one, or time, counts anew.
    """
    ballot = ballots.get(conn, tenant_id, facts_told["ballot_id"])
    if ballot.state is not State.TALLYING:
        return
    given = Decryption(facts_told["seat"], facts_told["owner"], facts_told["partial_decryption"])
    trustees = Trustees.parse(store.read(conn, tenant_id, ballot.id).trustees or "")
    try:
        _check(conn, ballot, trustees, given)
    except Malformed as error:
        _note_fault(conn, tenant_id, ballot.id, given.seat, error.code)
        return
    answers.add_decryption(conn, tenant_id, ballot.id, given)
    parts = _parts(conn, ballot)
    if trustees.enough(set(parts)):
        _try(conn, ballot, trustees, parts, at=clock.now())


def count_again(conn: Connection, now: datetime) -> int:
    """Count one ballot whose count failed and has rested; give whether there was one. Nothing else would wake it."""
    found = troubles.list_uncounted(conn, now, 1)
    for tenant_id, ballot_id in found:
        ballot = ballots.get(conn, tenant_id, ballot_id)
        trustees = Trustees.parse(store.read(conn, tenant_id, ballot_id).trustees or "")
        _try(conn, ballot, trustees, _parts(conn, ballot), at=now)
    return len(found)


def _parts(conn: Connection, ballot: Ballot) -> dict[int, str]:
    return {each.owner: each.answer for each in answers.list_decryptions(conn, ballot.tenant_id, ballot.id)}


def _try(conn: Connection, ballot: Ballot, trustees: Trustees, parts: dict[int, str], *, at: datetime) -> None:
    act = partial(_count, conn, ballot, trustees, parts)
    attempt(conn, ballot.tenant_id, ballot.id, Step.COUNT, act, at=at)


def _check(conn: Connection, ballot: Ballot, trustees: Trustees, given: Decryption) -> None:
    if given.owner != given.seat:
        raise Malformed("owner", "another's number")
    election = facts.of(conn, ballot.id).election
    protocol.check_decryption(election, _tally(conn, ballot), trustees.owner(given.owner).key, given.answer)


def _tally(conn: Connection, ballot: Ballot) -> Tally:
    chain = ledger.hold(conn, ballot.tenant_id, ballot.id)
    text = ledger.text(conn, chain, chain.records - SUM_BEFORE_HEAD)
    return read_tally(facts.of(conn, ballot.id).election, text)


def _note_fault(conn: Connection, tenant_id: UUID, ballot_id: UUID, seat: int, code: str) -> None:
    answers.add_fault(conn, tenant_id, ballot_id, seat, code, at=clock.now())
    audit.note(conn, tenant_id, NOBODY, "decryption.refused", subject=f"{ballot_id}/{seat}")
    log.get().warning("decryption_refused", seat=seat, code=code)


def _count(conn: Connection, ballot: Ballot, trustees: Trustees, parts: dict[int, str]) -> None:
    """End the archive with the answers and the result, and let the count of both channels stand."""
    election = facts.of(conn, ballot.id).election
    tallied = ballot.tallied or 0
    used = dict(sorted(parts.items())[: trustees.threshold])
    result = _open(election, trustees, used, _tally(conn, ballot), tallied)
    _append(conn, ballot, used, protocol.result_text(result))
    if ballot.is_grading:
        gradings.stand(conn, rules.count(ballot, 0, at=clock.now()), result)
        return
    blank, *votes = result[0]
    rules.check_result(ballot, blank, votes, exactly=calls.scheme_of(conn, ballot).ballot.exactly)
    _stand(conn, rules.count(ballot, blank, at=clock.now()), votes)


def _open(election: Election, trustees: Trustees, used: dict[int, str], tally: Tally, most: int) -> list[list[int]]:
    """Give the totals. Raises `ResultImpossible` for a sum that is no number of ballots: no answer whose proof held
    when it came, on an archive that is what it was, opens to one."""
    try:
        return protocol.combine(election, trustees, used, tally, most)
    except Malformed as error:
        if error.code == "result_range":
            raise rules.ResultImpossible from error
        raise


def _append(conn: Connection, ballot: Ballot, parts: dict[int, str], result: str) -> None:
    chain = ledger.hold(conn, ballot.tenant_id, ballot.id)
    builder, records = chain.builder(), list[Record]()
    for owner, answer in parts.items():
        records += builder.partial_decryption(owner, answer)
    ledger.append(conn, chain, builder, [*records, *builder.result(result)])


def _stand(conn: Connection, ballot: Ballot, votes: list[int]) -> None:
    candidates = ballots.list_candidates(conn, ballot.tenant_id, ballot.id)
    electronic = {each.person_id: count for each, count in zip(candidates, votes, strict=True)}
    papers = sheets.confirmed_votes(conn, ballot.tenant_id, ballot.id)
    totals = {person: count + papers.get(person, 0) for person, count in electronic.items()}
    ballots.save_votes(conn, ballot, totals, electronic)
    ballots.save(conn, ballot)
    calls.tell_counted(conn, ballot)
