"""From the outbox to the broker, confirmed; the only package that knows pika."""

from shared.messaging.relay.clerk import Clerk
from shared.messaging.relay.letters import Letter, letter
from shared.messaging.relay.publisher import Outcome, Publisher
from shared.messaging.relay.relay import Relay

__all__ = ["Clerk", "Letter", "Outcome", "Publisher", "Relay", "letter"]
