"""Letters: messages as they are handed to the broker."""

from typing import NamedTuple

from shared.events import PUBLIC
from shared.messaging import envelope
from shared.messaging.outbox import Told


class Letter(NamedTuple):
    """One message to send."""

    id: str
    exchange: str
    key: str
    body: bytes
    name: str
    content_type: str
    may_be_unheard: bool = False
    """Nobody need be listening; else a letter that no queue takes is not confirmed."""


def letter(told: Told, service: str) -> Letter:
    """Make a fact of the ledger of `service` ready to send."""
    return Letter(
        id=told.id,
        exchange=told.exchange,
        key=told.name,
        body=envelope.encode(told, service),
        name=told.name,
        content_type=envelope.CONTENT_TYPE,
        may_be_unheard=told.exchange == PUBLIC,
    )
