"""The seat itself: its number, its secrets, whom it knows, and how it speaks under its seal."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared import config
from shared.crypto import Vault
from shared.db import Connection
from shared.events import Event, Message, event_class
from shared.messaging import outbox
from shared.voting import seal
from shared.voting.secrecy import FEWEST


@dataclass(frozen=True)
class Seat:
    """One seat; everything that a handler needs besides its connection and its message."""

    number: int
    vault: Vault
    identity: Ed25519PrivateKey
    known: seal.Identities
    ballot: Ed25519PublicKey
    """by which ballot seals what it says to the seats"""
    board_url: str
    fewest: int = FEWEST
    """of how few ballots it decrypts the sum at all, whatever it is told of a scheme"""

    def tell(self, conn: Connection, event: type[Event], *, tenant_id: UUID, subject: UUID, **facts: Any) -> None:
        """Tell facts in this seat's name and under its seal."""
        said = {**facts, "seat": self.number}
        signed = seal.sign(self.identity, event, tenant_id, said)
        outbox.tell(conn, event, tenant_id=tenant_id, subject=subject, **said, seal=signed)

    def check(self, event: type[Event], message: Message) -> int:
        """Give the seat that speaks in a message; raises `ForgedSeal`."""
        return seal.check(self.known, event, message.tenant_id, message.data)

    def check_ballot(self, message: Message) -> None:
        """Refuse what is not said by ballot; raises `ForgedSeal`."""
        event = event_class(message.name, message.version)
        if event is None:
            raise ValueError(message.name)
        seal.check_ballot(self.ballot, event, message.tenant_id, message.data)


def of(settings: config.Config, identities: str) -> Seat:
    """Make the seat of a configuration; raises `ValueError` where its own identity is not among the known ones."""
    trustee = settings.trustee
    if trustee is None:
        raise ValueError("TRUSTEE_SEAT is not set")
    known = seal.identities(identities)
    identity = seal.identity(trustee.identity)
    if trustee.seat not in known or known[trustee.seat] != identity.public_key():
        raise ValueError(f"the identities do not name this key for seat {trustee.seat}")
    ballot = seal.public_identity(trustee.ballot)
    return Seat(trustee.seat, Vault(settings.data_keys), identity, known, ballot, trustee.board_url, trustee.fewest)


@cache
def here() -> Seat:
    """Give the seat of this process, from its environment."""
    return of(config.load(config.seat_service()), config.identities())
