"""Trustees for tests: the identity keys of three seats, seats in process, and keys that stand without a ceremony.

Importing it sets TRUSTEE_IDENTITIES for this process, so that ballot knows the seats.
"""

import os
from dataclasses import dataclass
from uuid import UUID, uuid4

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.ballot.key import store
from services.ballot.key.domain import Ceremony, State
from services.ballot.protocol import pedersen
from services.ballot.protocol.trustees import Trustees, together
from services.ballot.trustee.seat import Seat
from shared import clock
from shared.crypto import Vault
from shared.db import Connection
from shared.events import Event
from shared.voting import seal
from shared.voting.group import BELENIOS_2048
from tests.services import BALLOT_IDENTITY
from tests.university import TENANT

SEATS = (1, 2, 3)
IDENTITIES = {seat: Ed25519PrivateKey.generate() for seat in SEATS}
KNOWN = {seat: key.public_key() for seat, key in IDENTITIES.items()}
VAULTS = {seat: Vault((Fernet.generate_key().decode(),)) for seat in SEATS}

os.environ["TRUSTEE_IDENTITIES"] = seal.write_identities(KNOWN)


def seat(number: int, board_url: str = "http://127.0.0.1:8080") -> Seat:
    """Make a seat as its process would."""
    return Seat(number, VAULTS[number], IDENTITIES[number], KNOWN, BALLOT_IDENTITY.public_key(), board_url)


def by_ballot(event: type[Event], **facts: object) -> str:
    """Seal facts as ballot does that tells them."""
    return seal.sign(BALLOT_IDENTITY, event, TENANT, facts)


def by_seat(number: int, event: type[Event], **facts: object) -> str:
    """Seal facts of ballot's as a seat would that speaks for it."""
    return seal.sign(IDENTITIES[number], event, TENANT, facts)


@dataclass(frozen=True)
class SeatedKey:
    """A key whose shares a test holds: `shares[owner]` is the private share of owner 1, 2, 3."""

    ceremony_id: UUID
    trustees: Trustees
    shares: dict[int, int]


def make_key(threshold: int = 2) -> SeatedKey:
    """Run all rounds in one place; give the trustees and every share."""
    group = BELENIOS_2048
    secrets = [pedersen.SeatSecrets.of(group, os.urandom(32), threshold) for _ in SEATS]
    shares = {to: pedersen.private_key(group, [pedersen.share(group, one, to) for one in secrets]) for to in SEATS}
    parameters = pedersen.assemble(
        group,
        threshold,
        [pedersen.certificate(group, one) for one in secrets],
        [pedersen.coefexps(group, one) for one in secrets],
        [pedersen.verification_key(group, share) for share in shares.values()],
    )
    return SeatedKey(uuid4(), Trustees.parse(together(parameters)), shares)


def keep_key(conn: Connection, tenant_id: UUID, period: str, key: SeatedKey | None = None) -> SeatedKey:
    """Let ballot have a key of a period as if its ceremony were over."""
    made = key or make_key()
    now = clock.now()
    begun = Ceremony(
        tenant_id,
        made.ceremony_id,
        period,
        BELENIOS_2048.name,
        made.trustees.threshold,
        list(SEATS),
        State.RUNNING,
        now,
    )
    store.add(conn, begun)
    public_key = str(made.trustees.public_key)
    ended = Ceremony(**{
        **vars(begun), "state": State.MADE, "trustees": made.trustees.text, "public_key": public_key, "ended_at": now,
    })  # fmt: skip
    store.save(conn, ended)
    return made
