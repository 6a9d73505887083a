"""What ballot does for a key: it asks the seats for one, keeps what they offer, and tells the key once it stands."""

from datetime import date, datetime
from uuid import UUID, uuid4

from services.ballot.key import rules, seals, store
from services.ballot.key.domain import Ceremony, Key, Progress, Spent, State, Step
from services.ballot.protocol.ceremony import AtFault
from shared import clock, log
from shared.db import Connection
from shared.events import Message
from shared.events.trustee import (
    CeremonyFailed,
    CertificateOffered,
    KeyAbandoned,
    KeyMade,
    KeyRequested,
    KeyRetired,
    SharesDealt,
    VerificationOffered,
)
from shared.period import months_after
from shared.scheme import version
from shared.voting import group as groups
from shared.voting.group import BELENIOS_2048


def of(conn: Connection, tenant_id: UUID, period: str) -> Key | None:
    """Give the key of a period; none while it is not made."""
    return store.find_key(conn, tenant_id, period)


def request(conn: Connection, tenant_id: UUID, period: str) -> None:
    """Ask the seats for the key of a period, unless it stands or they are at it; a failed ceremony is begun anew."""
    store.alone(conn, f"{tenant_id} {period}")
    if store.is_asked(conn, tenant_id, period):
        return
    seats = sorted(seals.known())
    asked = Ceremony(
        tenant_id, uuid4(), period, BELENIOS_2048.name, rules.majority(len(seats)), seats, State.RUNNING, clock.now()
    )
    store.add(conn, asked)
    seals.tell(
        conn, KeyRequested, tenant_id=tenant_id, subject=asked.id, ceremony_id=asked.id, period=period,
        group=asked.group_name, threshold=asked.threshold, seats=seats,
    )  # fmt: skip


def ask_again(conn: Connection, now: datetime) -> int:
    """Ask once more for a key that called ballots wait for, after a pause that grows with each failure."""
    due = [each for each in store.list_wanted(conn) if rules.is_due(each, now)]
    for wanted in due:
        request(conn, wanted.tenant_id, wanted.period)
    return len(due)


def retire(conn: Connection, now: datetime) -> int:
    """Retire keys whose ballots have all been over for the scheme's months; give how many.

    Who finds the databases of two seats years later must not be able to open the ballots of a public archive.
    """
    today = clock.day_of(now)
    spent = [each for each in store.list_spent(conn) if today >= _keep_until(conn, each)]
    for each in spent:
        store.alone(conn, str(each.id))
        ceremony = store.find(conn, each.tenant_id, each.id)
        if ceremony is None or ceremony.state is not State.MADE:
            continue
        store.save(conn, rules.retire(ceremony, now))
        seals.tell(
            conn, KeyRetired, tenant_id=each.tenant_id, subject=each.id, ceremony_id=each.id, period=ceremony.period
        )
        log.get().info("key_retired", period=ceremony.period)
    return len(spent)


def _keep_until(conn: Connection, spent: Spent) -> date:
    """Give the day on which the longest of the schemes' times for credentials is over."""
    schemes = [each.split(" ") for each in spent.schemes]
    months = max(version(conn, spent.tenant_id, UUID(id_), int(number)).ballot.roll_months for id_, number in schemes)
    return months_after(clock.day_of(spent.settled_at), months)


def progress(conn: Connection, tenant_id: UUID, period: str) -> Progress:
    """Say how far the key of a period has come that does not stand yet."""
    ceremonies = store.list_period(conn, tenant_id, period)
    failed = [each for each in ceremonies if each.state is State.FAILED]
    running = next((each for each in ceremonies if each.state is State.RUNNING), None)
    last = failed[-1] if failed else None
    return Progress(
        waits_for=missing(conn, running) if running else [],
        since=running.requested_at if running else None,
        failures=len(failed),
        fault=last.fault if last else "",
        again_at=last.ended_at + rules.pause(len(failed)) if last and last.ended_at and not running else None,
    )


def missing(conn: Connection, ceremony: Ceremony) -> list[int]:
    """Give the seats that have not offered everything yet."""
    offers = store.offers(conn, ceremony.tenant_id, ceremony.id)
    return [seat for seat in ceremony.seats if any(seat not in offers[step] for step in Step)]


def begin_again(conn: Connection, ceremony_id: UUID) -> bool:
    """Give up a ceremony that has not come to a key, by the operator's word, and ask for another one.

    False where there is no such ceremony or its key stands.
    """
    store.alone(conn, str(ceremony_id))
    ceremony = store.find_any(conn, ceremony_id)
    if ceremony is None or ceremony.state is State.MADE:
        return False
    if ceremony.state is State.RUNNING:
        _fail(conn, ceremony, 0, "given_up", by=0)
    request(conn, ceremony.tenant_id, ceremony.period)
    return True


def hear_certificate(conn: Connection, message: Message) -> None:
    """Keep a seat's certificate; raises `ForgedSeal`, `OfferContradicted`."""
    _hear(conn, message, seals.check(CertificateOffered, message), Step.CERTIFICATE, "certificate")


def hear_shares(conn: Connection, message: Message) -> None:
    """Keep a seat's exponents, not its shares; raises `ForgedSeal`, `OfferContradicted`."""
    _hear(conn, message, seals.check(SharesDealt, message), Step.COEFEXPS, "coefexps")


def hear_verification(conn: Connection, message: Message) -> None:
    """Keep a seat's verification key; raises `ForgedSeal`, `OfferContradicted`."""
    _hear(conn, message, seals.check(VerificationOffered, message), Step.VERIFICATION, "verification_key")


def hear_failure(conn: Connection, message: Message) -> None:
    """End a ceremony in which a seat found a fault; a key that stands already stays. Raises `ForgedSeal`."""
    by = seals.check(CeremonyFailed, message)
    accused, code = message.data["accused"], message.data["fault"]
    store.alone(conn, str(message.data["ceremony_id"]))
    ceremony = store.find(conn, message.tenant_id, message.data["ceremony_id"])
    log.get().warning("ceremony_failed", seat=by, accused=accused, fault=code)
    if ceremony is not None and ceremony.state is State.RUNNING:
        _fail(conn, ceremony, accused, code, by=by)


def _fail(conn: Connection, ceremony: Ceremony, accused: int, code: str, *, by: int) -> None:
    store.save(conn, rules.fail(ceremony, accused, code, by=by, at=clock.now()))
    seals.tell(
        conn, KeyAbandoned, tenant_id=ceremony.tenant_id, subject=ceremony.id, ceremony_id=ceremony.id,
        period=ceremony.period,
    )  # fmt: skip


def _hear(conn: Connection, message: Message, seat: int, step: Step, field: str) -> None:
    ceremony_id: UUID = message.data["ceremony_id"]
    store.alone(conn, str(ceremony_id))
    if not store.keep(conn, message.tenant_id, ceremony_id, step, seat, message.data[field]):
        log.get().warning("offer_contradicted", seat=seat, step=str(step))
        raise rules.OfferContradicted(details=[f"第{seat}席"])
    ceremony = store.find(conn, message.tenant_id, ceremony_id)
    if ceremony is not None and ceremony.state is State.RUNNING:
        _advance(conn, ceremony)


def _advance(conn: Connection, ceremony: Ceremony) -> None:
    offers = store.offers(conn, ceremony.tenant_id, ceremony.id)
    if not rules.complete(ceremony, offers):
        return
    try:
        made = rules.make(groups.named(ceremony.group_name), ceremony, offers, clock.now())
    except AtFault as fault:
        log.get().warning("ceremony_failed", seat=0, accused=fault.seat, fault=fault.code)
        _fail(conn, ceremony, fault.seat, fault.code, by=0)
        return
    store.save(conn, made)
    seals.tell(
        conn, KeyMade, tenant_id=made.tenant_id, subject=made.id, ceremony_id=made.id, period=made.period,
        trustees=made.trustees, public_key=made.public_key,
    )  # fmt: skip
