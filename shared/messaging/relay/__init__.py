"""From the outbox to the broker, confirmed; the only package that knows pika."""

from shared.messaging.relay.clerk import Clerk
from shared.messaging.relay.publisher import Letter, Outcome, Publisher
from shared.messaging.relay.relay import Relay, letter

__all__ = ["Clerk", "Letter", "Outcome", "Publisher", "Relay", "letter"]
