"""Whether a message comes from the seat in whose name it speaks."""

from shared import config
from shared.events import Event, Message
from shared.voting import seal
from shared.voting.seal import ForgedSeal

__all__ = ["ForgedSeal", "check", "known"]


def known() -> seal.Identities:
    """Give the public identity keys of all seats."""
    return seal.identities(config.identities())


def check(event: type[Event], message: Message) -> int:
    """Give the seat that speaks in a message; raises `ForgedSeal`, a refusal, after the log has named the seat."""
    return seal.check(known(), event, message.tenant_id, message.data)
