"""From the bytes of a delivery to the message that a handler takes, or the reason why it cannot be taken."""

from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from shared.errors import Invalid
from shared.events import CATALOGUE, EVENTS, Event, Message, event_class
from shared.messaging import envelope
from shared.messaging.hearing import Handler, Handlers
from shared.messaging.outbox import schema_of


class UnknownEvent(Invalid):
    """消息的名称不在事件目录中。"""


class UnknownVersion(Invalid):
    """消息的版本本系统尚不认识，升级后可以重新投递。"""


class InvalidFacts(Invalid):
    """消息的内容不符合事件的约定。"""


class NotHeard(Exception):  # noqa: N818 — a later release may hear it: it is tried again before it is laid aside
    """这一版本的程序不处理这种消息，升级后可以重新投递。"""

    code = "not_heard"


@dataclass(frozen=True)
class Heard:
    """A message with the handler that is to act on it, and the trace it belongs to."""

    message: Message
    handler: Handler
    traceparent: str | None
    traced: bool


class Reader:
    """Reads what arrives on one queue for the handlers of that queue."""

    def __init__(self, handlers: Handlers) -> None:
        self._handlers: dict[tuple[str, int], tuple[type[Event], Handler]] = {
            (event.event_name, event.event_version): (event, handler) for event, handler in handlers.items()
        }

    def read(self, body: bytes | str | memoryview) -> Heard:
        """Give the message and its handler.

        Raises `MalformedEnvelope`, `UnknownEvent`, `UnknownVersion`, `InvalidFacts`, and `NotHeard` for a known event
        that this release does not hear on this queue: while releases change, another one that runs beside may.
        """
        came = envelope.decode(body)
        event, handler = self._target(came.name, came.version)
        message = Message(
            id=came.id,
            name=came.name,
            version=event.event_version,
            source=came.source,
            tenant_id=came.tenant_id,
            subject=came.subject,
            time=came.time,
            correlation_id=came.correlation_id,
            causation_id=came.causation_id,
            data=_load(event, came.version, came.facts),
        )
        return Heard(message, handler, came.traceparent, event.traced)

    def _target(self, name: str, version: int) -> tuple[type[Event], Handler]:
        if exact := self._handlers.get((name, version)):
            return exact
        later = [known for known in self._handlers if known[0] == name and known[1] > version]
        if later and event_class(name, version):
            return self._handlers[min(later)]
        if any(known[0] == name for known in self._handlers):
            raise UnknownVersion
        if not any(exchange == EVENTS and known == name for exchange, known, _ in CATALOGUE):
            raise UnknownEvent
        raise NotHeard


def _load(event: type[Event], version: int, facts: dict[str, Any]) -> dict[str, Any]:
    """Bring facts of an older version up to the class that the handler hears, and load them."""
    try:
        for later in range(version + 1, event.event_version + 1):
            step = event_class(event.event_name, later)
            if step is None:
                raise UnknownVersion
            facts = step.upcast(facts)
        loaded = schema_of(event).load(facts)
    except (ValidationError, KeyError, ValueError, AttributeError) as error:
        raise InvalidFacts from error
    return dict(loaded)
