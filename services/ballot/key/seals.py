"""Whether a message comes from the seat in whose name it speaks; and how ballot says that one comes from itself."""

from typing import Any
from uuid import UUID

from shared import config, messaging
from shared.db import Connection
from shared.events import Event, Message
from shared.voting import seal
from shared.voting.seal import ForgedSeal

__all__ = ["ForgedSeal", "check", "known", "tell"]


def known() -> seal.Identities:
    """Give the public identity keys of all seats."""
    return seal.identities(config.identities())


def check(event: type[Event], message: Message) -> int:
    """Give the seat that speaks in a message; raises `ForgedSeal`, a refusal, after the log has named the seat."""
    return seal.check(known(), event, message.tenant_id, message.data)


def tell(conn: Connection, event: type[Event], *, tenant_id: UUID, subject: UUID, **facts: Any) -> None:
    """Tell facts on which the seats act, under ballot's seal."""
    signed = seal.sign(seal.identity(config.ballot_identity()), event, tenant_id, facts)
    messaging.tell(conn, event, tenant_id=tenant_id, subject=subject, **facts, seal=signed)
