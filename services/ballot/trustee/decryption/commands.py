"""What a seat does about a ballot: it notes what it hears, looks at the archive when it is time, and answers once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import requests

from services.ballot.trustee.decryption import following, rules, store
from services.ballot.trustee.decryption.domain import Answer, Errand, Found, State, Watch
from services.ballot.trustee.seat import Seat
from shared import clock, log
from shared.db import Connection
from shared.events import Message
from shared.events.trustee import DecryptionDeclined, DecryptionMade

AT_ONCE = 4
"""Ballots of one claim whose sum is asked for."""
SECOND = "second_tally"


def hear_call(conn: Connection, seat: Seat, message: Message) -> None:
    """Note what evaluation says of a ballot: who may vote (by credential), for whom, how few are too few."""
    facts = message.data
    watch = store.hold(conn, message.tenant_id, facts["ballot_id"])
    if watch.electronic is not None:
        return
    candidates: list[dict[str, Any]] = facts["candidates"]
    credentials: list[str] = facts.get("credentials") or []
    called = replace(
        watch,
        electronic=facts["channel"] != "paper" and bool(credentials),
        credentials_hash=rules.credentials_hash(credentials),
        names=[rules.label(each["name"], each["note"]) for each in candidates],
        choices=min(facts["places"], len(candidates)),
        secrecy_minimum=facts.get("secrecy_minimum") or 0,
    )
    _look_soon(conn, called)


def hear_grading(conn: Connection, seat: Seat, message: Message) -> None:
    """Note what pledge says of a grading: who may grade (by credential), with which grades, how few are too few."""
    facts = message.data
    watch = store.hold(conn, message.tenant_id, facts["ballot_id"])
    if watch.electronic is not None:
        return
    called = replace(
        watch,
        electronic=True,
        credentials_hash=rules.credentials_hash(facts["credentials"]),
        names=[],
        choices=1,
        secrecy_minimum=facts["secrecy_minimum"],
        questions=[each["grades"] for each in facts["questions"]],
    )
    _look_soon(conn, called)


def hear_opening(conn: Connection, seat: Seat, message: Message) -> None:
    """Begin to follow a ballot's archive."""
    watch = store.hold(conn, message.tenant_id, message.data["ballot_id"])
    _look_soon(conn, replace(watch, opened=True))


def hear_annulment(conn: Connection, seat: Seat, message: Message) -> None:
    """Stop following a ballot, and never decrypt it any more. Raises `ForgedSeal`."""
    seat.check_ballot(message)
    watch = store.hold(conn, message.tenant_id, message.data["ballot_id"])
    store.save(conn, replace(watch, annulled=True, due_at=None))


def hear_request(conn: Connection, seat: Seat, message: Message) -> None:
    """Look at the archive at once and answer; what was answered before is told again, word for word.

    A request for another sum of the same ballot is declined and changes nothing. One that is not ballot's is refused
    and not answered: an electronic sum would be read before the papers beside it are confirmed. Raises `ForgedSeal`.
    """
    seat.check_ballot(message)
    facts = message.data
    watch = store.hold(conn, message.tenant_id, facts["ballot_id"])
    asked = (facts["ceremony_id"], facts["uuid"], facts["head"])
    if watch.requested and asked != (watch.ceremony_id, watch.uuid, watch.head):
        _decline(conn, seat, watch, [SECOND])
    elif watch.state is State.DECLINED:
        _decline(conn, seat, watch, watch.faults)
    elif watch.annulled or watch.electronic is False:
        _decline(conn, seat, watch, ["annulled" if watch.annulled else "not_electronic"])
    elif answer := store.find_answer(conn, watch.tenant_id, watch.ballot_id):
        _answer(conn, seat, watch, answer)
    else:
        _look_soon(conn, replace(watch, ceremony_id=asked[0], uuid=asked[1], head=asked[2]))


def _look_soon(conn: Connection, watch: Watch) -> None:
    now = clock.now()
    store.save(conn, replace(watch, due_at=rules.next_look(watch, now, more=True)))


@dataclass
class Claims:
    """What one process takes to look at; it begins with what another, which died, had taken and never noted."""

    begun: bool = False

    def take(self, conn: Connection, seat: Seat, now: datetime) -> list[Errand]:
        """Take ballots that are to be looked at now, each with the key that its request names."""
        if not self.begun:
            store.release(conn, now, now + rules.OPEN)
            self.begun = True
        return claim(conn, seat, now)


def claim(conn: Connection, seat: Seat, now: datetime) -> list[Errand]:
    """Take the ballots whose sum is asked for; only where there is none, one of those that are open.

    A look takes as long as a slow board lets it, and nothing is told before the last look of a claim has ended.
    """
    until = now + rules.CLAIM
    taken = store.claim(conn, now, until, AT_ONCE, requested=True) or store.claim(conn, now, until, 1, requested=False)
    return [
        Errand(
            watch,
            store.holding(conn, watch.tenant_id, watch.ceremony_id, seat.number) if watch.ceremony_id else None,
        )
        for watch in taken
    ]


def go(seat: Seat, errands: Sequence[Errand]) -> list[Found]:
    """Look at each archive, with no transaction open."""
    with requests.Session() as session:
        return [following.look(seat, errand, session) for errand in errands]


def note(conn: Connection, seat: Seat, found: Sequence[Found], now: datetime) -> None:
    """Keep how far each archive was verified, and tell what there is to tell, each once."""
    for each in found:
        _note(conn, seat, each, now)


def _note(conn: Connection, seat: Seat, found: Found, now: datetime) -> None:
    watch = store.hold(conn, found.watch.tenant_id, found.watch.ballot_id)
    if watch.state is not State.WATCHING:
        return
    if found.reached >= watch.reached:
        watch = replace(watch, progress=found.progress, reached=found.reached)
    if found.faults:
        store.save(conn, replace(watch, state=State.DECLINED, faults=found.faults, due_at=None))
        _decline(conn, seat, watch, found.faults)
    elif found.answer and not watch.annulled:
        store.save(conn, replace(watch, state=State.ANSWERED, progress=None, due_at=None))
        store.add_answer(conn, watch.tenant_id, watch.ballot_id, found.answer, clock.now())
        _answer(conn, seat, watch, found.answer)
    else:
        news = found.more or watch.requested != found.watch.requested or watch.electronic != found.watch.electronic
        store.save(conn, replace(watch, due_at=rules.next_look(watch, now, more=news)))


def _answer(conn: Connection, seat: Seat, watch: Watch, answer: Answer) -> None:
    log.get().info("sum_decrypted", ballot_id=str(watch.ballot_id), seat=seat.number)
    seat.tell(
        conn, DecryptionMade, tenant_id=watch.tenant_id, subject=watch.ballot_id, ballot_id=watch.ballot_id,
        owner=answer.owner, partial_decryption=answer.partial_decryption,
    )  # fmt: skip


def _decline(conn: Connection, seat: Seat, watch: Watch, faults: Sequence[str]) -> None:
    log.get().warning("sum_declined", ballot_id=str(watch.ballot_id), seat=seat.number, faults=list(faults))
    seat.tell(
        conn, DecryptionDeclined, tenant_id=watch.tenant_id, subject=watch.ballot_id, ballot_id=watch.ballot_id,
        faults=list(faults),
    )  # fmt: skip
