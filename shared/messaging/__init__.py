"""How facts travel: outbox, relay, RabbitMQ, consumer, inbox."""

from shared.messaging.hearing import Deadline, Errand, Handler, Handlers
from shared.messaging.outbox import tell

__all__ = ["Deadline", "Errand", "Handler", "Handlers", "tell"]
