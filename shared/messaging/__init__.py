"""How facts travel: outbox, relay, RabbitMQ, consumer, inbox."""

from shared.messaging.hearing import Deadline, Handler, Handlers
from shared.messaging.outbox import tell

__all__ = ["Deadline", "Handler", "Handlers", "tell"]
