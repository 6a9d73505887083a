"""Which exchanges, queues and bindings a service needs on the broker.

Every queue is a quorum queue. What must be tried again waits in one of the service's retry queues, whose messages live
for as long as the pause and then go back to the service's queue; nothing waits in front of other messages. All dead
letters of a service lie in one queue. Arguments are the same for RabbitMQ 3.10 and 4.x.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.events import EVENTS, PUBLIC
from shared.messaging.hearing import Handlers
from shared.messaging.pauses import BrokerTrouble, Pauses

DEAD = "shanguang.dead"
UNROUTED = "shanguang.unrouted"
UNROUTED_LIMIT = 100_000
PAUSES: tuple[float, ...] = (1, 5, 30, 120, 600)
"""Seconds before each further attempt."""
DELIVERY_LIMIT = 100
"""A message during which the process was killed this often is a dead letter: it would never let the service run."""
NO_LIMIT = 1_000_000_000
"""Dead letters are looked at by taking and giving back, which RabbitMQ counts; they outlive any number of looks."""


@dataclass(frozen=True)
class Exchange:
    """An exchange to declare."""

    name: str
    kind: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Queue:
    """A queue to declare."""

    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Binding:
    """What a queue receives."""

    queue: str
    exchange: str
    key: str


@dataclass(frozen=True)
class Plan:
    """Everything that one service needs; to declare it twice is to declare it once."""

    exchanges: tuple[Exchange, ...]
    queues: tuple[Queue, ...]
    bindings: tuple[Binding, ...]


def plan(service: str, handlers: Handlers, extra: Mapping[str, Handlers] | None = None) -> Plan:
    """Lay out the broker for a service: its main queue hears `handlers`, and each queue in `extra` its own.

    Raises `TypeError` for a handler of a public event: the public exchange is for the outside.
    """
    heard = {service: handlers, **(extra or {})}
    queues = [Queue(UNROUTED, {"x-queue-type": "quorum", "x-max-length": UNROUTED_LIMIT}), dead_queue(service)]
    bindings = [Binding(UNROUTED, UNROUTED, ""), Binding(dead_name(service), DEAD, service)]
    for name, events in heard.items():
        queues += [_work_queue(name, service), *(_retry_queue(name, pause) for pause in PAUSES)]
        for event in events:
            if event.exchange != EVENTS:
                raise TypeError(f"{event.__name__} is told to the outside; services hear {EVENTS}")
            bindings.append(Binding(name, EVENTS, event.event_name))
    return Plan(_exchanges(), tuple(queues), tuple(dict.fromkeys(bindings)))


def unheard(queues: Iterable[str], layout: Plan) -> list[Binding]:
    """Give what queues do not receive in a layout, and may still be bound to since an earlier release."""
    from shared.events.catalogue import CATALOGUE

    told = dict.fromkeys(name for exchange, name, _ in CATALOGUE if exchange == EVENTS)
    every = (Binding(queue, EVENTS, name) for queue in queues for name in told)
    return [binding for binding in every if binding not in layout.bindings]


def declare(
    amqp_url: str,
    service: str,
    handlers: Handlers,
    extra: Mapping[str, Handlers] | None = None,
    *,
    wait: float = 60,
    release: bool = False,
) -> None:
    """Declare what a service needs on the broker, which has `wait` seconds to come up; raises `BrokerTrouble`.

    `release` also takes away what this code does not hear: for a new release alone, for an old one that goes on beside
    it would take away what the new one bound.
    """
    from shared.messaging.consumer import broker

    layout = plan(service, handlers, extra)
    former = unheard([service, *(extra or {})], layout) if release else []
    pauses, until = Pauses(), time.monotonic() + wait
    while True:
        try:
            return broker.declare(amqp_url, layout, former)
        except BrokerTrouble:
            if time.monotonic() > until:
                raise
            time.sleep(pauses.take())


def dead_name(service: str) -> str:
    """Give the name of the queue in which a service's dead letters lie."""
    return f"{service}.dead"


def dead_queue(service: str) -> Queue:
    """Give a service's queue of dead letters."""
    return Queue(dead_name(service), {"x-queue-type": "quorum", "x-delivery-limit": NO_LIMIT})


def retry_name(queue: str, attempt: int) -> str:
    """Give the name of the queue that holds a message back after its failed attempt number `attempt`, from 0."""
    return f"{queue}.retry.{PAUSES[min(attempt, len(PAUSES) - 1)]}"


def _exchanges() -> tuple[Exchange, ...]:
    return (
        Exchange(UNROUTED, "fanout"),
        Exchange(EVENTS, "topic", {"alternate-exchange": UNROUTED}),
        Exchange(PUBLIC, "topic"),
        Exchange(DEAD, "direct"),
    )


def _work_queue(name: str, service: str) -> Queue:
    return Queue(name, {"x-delivery-limit": DELIVERY_LIMIT, **_hand_over(DEAD, service)})


def _retry_queue(name: str, pause: float) -> Queue:
    # The default exchange takes the queue's own name as the key.
    return Queue(f"{name}.retry.{pause}", {"x-message-ttl": round(pause * 1000), **_hand_over("", name)})


def _hand_over(exchange: str, key: str) -> dict[str, Any]:
    """Dead-letter so that the broker itself waits for the confirmation; that needs the overflow rule beside it."""
    return {
        "x-queue-type": "quorum",
        "x-overflow": "reject-publish",
        "x-dead-letter-strategy": "at-least-once",
        "x-dead-letter-exchange": exchange,
        "x-dead-letter-routing-key": key,
    }
