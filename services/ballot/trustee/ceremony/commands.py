"""What a seat does in a ceremony: it keeps what it hears, in whatever order, and does all that has become possible."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from services.ballot.protocol import pedersen
from services.ballot.protocol.ceremony import AtFault
from services.ballot.trustee.ceremony import rules, store
from services.ballot.trustee.ceremony.domain import BALLOT, Ceremony, Received, State, Step
from services.ballot.trustee.seat import Seat
from shared import clock, log
from shared.db import Connection
from shared.errors import NotYet
from shared.events import Message
from shared.events.trustee import CeremonyFailed, CertificateOffered, SharesDealt, VerificationOffered
from shared.voting import group as groups
from shared.voting.group import BELENIOS_2048


def request(conn: Connection, seat: Seat, message: Message) -> None:
    """Take part in a ceremony that ballot asks for; asked again, do nothing more.

    Raises `ForgedSeal`, `CeremonyRefused`, `Contradiction`.
    """
    seat.check_ballot(message)
    facts = message.data
    asked = Ceremony(
        message.tenant_id, facts["ceremony_id"], facts["period"], facts["group"], facts["threshold"],
        sorted(facts["seats"]), State.RUNNING, clock.now(),
    )  # fmt: skip
    rules.check_request(asked, seat.known)
    store.alone(conn, asked.id)
    known = store.find(conn, asked.tenant_id, asked.id)
    if known is not None:
        if not rules.same_request(asked, known):
            raise rules.Contradiction
        return
    begun = replace(asked, seed=seat.vault.seal(base64.b64encode(secrets.token_bytes(32)).decode("ascii")))
    store.add(conn, begun)
    certificate = pedersen.certificate(BELENIOS_2048, _secrets(seat, begun))
    _say(conn, seat, begun, {Step.CERTIFICATE: certificate})
    seat.tell(
        conn, CertificateOffered, tenant_id=begun.tenant_id, subject=begun.id, ceremony_id=begun.id,
        certificate=certificate,
    )  # fmt: skip
    _advance(conn, seat, begun)


def hear_certificate(conn: Connection, seat: Seat, message: Message) -> None:
    """Keep a seat's certificate; raises `ForgedSeal`, `Contradiction`."""
    sender = seat.check(CertificateOffered, message)
    _hear(conn, seat, message, sender, {Step.CERTIFICATE: message.data["certificate"]})


def hear_shares(conn: Connection, seat: Seat, message: Message) -> None:
    """Keep a seat's exponents and what it dealt to this one; raises `ForgedSeal`, `Contradiction`."""
    sender = seat.check(SharesDealt, message)
    own = [share["sealed"] for share in message.data["shares"] if share["seat"] == seat.number]
    # A share that was withheld is kept as an empty one: that is found out, and named, like any other wrong share.
    _hear(conn, seat, message, sender, {Step.COEFEXPS: message.data["coefexps"], Step.SHARE: "".join(own[:1])})


def hear_verification(conn: Connection, seat: Seat, message: Message) -> None:
    """Keep a seat's verification key; raises `ForgedSeal`, `Contradiction`."""
    sender = seat.check(VerificationOffered, message)
    _hear(conn, seat, message, sender, {Step.VERIFICATION: message.data["verification_key"]})


def hear_key(conn: Connection, seat: Seat, message: Message) -> None:
    """Keep what ballot says the key is; it is believed only if the seats made it.

    Raises `ForgedSeal`, `Contradiction`.
    """
    seat.check_ballot(message)
    _hear(conn, seat, message, BALLOT, {Step.KEY: message.data["trustees"]})


def hear_abandonment(conn: Connection, seat: Seat, message: Message) -> None:
    """Forget the secrets of a ceremony that ended without a key, which ballot alone can say; a key that stands stays.

    Raises `ForgedSeal`, and `NotYet` while the request has not arrived.
    """
    seat.check_ballot(message)
    store.alone(conn, message.data["ceremony_id"])
    ceremony = store.find(conn, message.tenant_id, message.data["ceremony_id"])
    if ceremony is None:
        raise NotYet("the request of a ceremony that was abandoned")
    if ceremony.state is State.RUNNING:
        store.save(conn, rules.fail(ceremony, AtFault(BALLOT, "abandoned"), clock.now()))


def hear_retirement(conn: Connection, seat: Seat, message: Message) -> None:
    """Erase this seat's share of a key whose ballots are over; what is public of the key stays.

    Raises `ForgedSeal`, `ShareStillNeeded`, and `NotYet` while this seat does not hold the key yet.
    """
    seat.check_ballot(message)
    store.alone(conn, message.data["ceremony_id"])
    ceremony = store.find(conn, message.tenant_id, message.data["ceremony_id"])
    if ceremony is None or ceremony.state is State.RUNNING:
        raise NotYet("the key that is to be retired")
    if ceremony.state is State.MADE:
        store.save(conn, rules.retire(ceremony, store.is_needed(conn, ceremony.tenant_id, ceremony.id)))
        log.get().info("share_erased", period=ceremony.period, seat=seat.number)


def _hear(conn: Connection, seat: Seat, message: Message, sender: int, said: Mapping[Step, str]) -> None:
    ceremony_id: UUID = message.data["ceremony_id"]
    store.alone(conn, ceremony_id)
    _keep(conn, message.tenant_id, ceremony_id, sender, said)
    ceremony = store.find(conn, message.tenant_id, ceremony_id)
    if ceremony is not None:
        _advance(conn, seat, ceremony)


def _keep(conn: Connection, tenant_id: UUID, ceremony_id: UUID, sender: int, said: Mapping[Step, str]) -> None:
    for step, content in said.items():
        if not store.keep(conn, tenant_id, ceremony_id, step, sender, content):
            log.get().warning("ceremony_contradiction", seat=sender, step=str(step))
            raise rules.Contradiction(details=[f"第{sender}席"])


def _say(conn: Connection, seat: Seat, ceremony: Ceremony, said: Mapping[Step, str]) -> None:
    """Keep what this seat itself says; the broker brings it back later, which changes nothing."""
    _keep(conn, ceremony.tenant_id, ceremony.id, seat.number, said)


def _advance(conn: Connection, seat: Seat, ceremony: Ceremony) -> None:
    """Do all that what was heard makes possible."""
    try:
        for step in (_deal, _verify, _accept):
            if ceremony.state is State.RUNNING:
                ceremony = step(conn, seat, ceremony, store.received(conn, ceremony.tenant_id, ceremony.id))
    except AtFault as fault:
        _fail(conn, seat, ceremony, fault)


def _deal(conn: Connection, seat: Seat, ceremony: Ceremony, heard: Received) -> Ceremony:
    if seat.number in heard[Step.COEFEXPS] or not rules.all_said(ceremony, heard, Step.CERTIFICATE):
        return ceremony
    own, group = _secrets(seat, ceremony), groups.named(ceremony.group_name)
    shares = rules.deal(group, ceremony, heard, own, seat.number)
    coefexps = pedersen.coefexps(group, own)
    _say(conn, seat, ceremony, {Step.COEFEXPS: coefexps, Step.SHARE: shares[seat.number]})
    seat.tell(
        conn, SharesDealt, tenant_id=ceremony.tenant_id, subject=ceremony.id, ceremony_id=ceremony.id,
        coefexps=coefexps, shares=[{"seat": number, "sealed": sealed} for number, sealed in shares.items()],
    )  # fmt: skip
    return ceremony


def _verify(conn: Connection, seat: Seat, ceremony: Ceremony, heard: Received) -> Ceremony:
    if ceremony.share is not None or not rules.all_said(ceremony, heard, Step.CERTIFICATE, Step.COEFEXPS, Step.SHARE):
        return ceremony
    group = groups.named(ceremony.group_name)
    share = rules.gather(group, ceremony, heard, _secrets(seat, ceremony), seat.number)
    key = pedersen.verification_key(group, share, f"trustee {seat.number}")
    holding = replace(ceremony, share=seat.vault.seal(str(share)))
    store.save(conn, holding)
    _say(conn, seat, holding, {Step.VERIFICATION: key})
    seat.tell(
        conn, VerificationOffered, tenant_id=holding.tenant_id, subject=holding.id, ceremony_id=holding.id,
        verification_key=key,
    )  # fmt: skip
    return holding


def _accept(conn: Connection, seat: Seat, ceremony: Ceremony, heard: Received) -> Ceremony:
    if not heard[Step.KEY] or not rules.all_said(ceremony, heard, Step.VERIFICATION):
        return ceremony
    made = rules.accept(groups.named(ceremony.group_name), ceremony, heard, clock.now())
    store.save(conn, made)
    log.get().info("key_held", period=made.period, seat=seat.number)
    return made


def _fail(conn: Connection, seat: Seat, ceremony: Ceremony, fault: AtFault) -> None:
    store.save(conn, rules.fail(ceremony, fault, clock.now()))
    log.get().warning("ceremony_failed", accused=fault.seat, fault=fault.code)
    seat.tell(
        conn, CeremonyFailed, tenant_id=ceremony.tenant_id, subject=ceremony.id, ceremony_id=ceremony.id,
        accused=fault.seat, fault=fault.code,
    )  # fmt: skip


def _secrets(seat: Seat, ceremony: Ceremony) -> pedersen.SeatSecrets:
    group, seed = groups.named(ceremony.group_name), base64.b64decode(seat.vault.open(ceremony.seed or b""))
    return pedersen.SeatSecrets.of(group, seed, ceremony.threshold)
