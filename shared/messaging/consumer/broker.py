"""A connection to the broker, the layout declared on it, and single messages sent with the broker's confirmation."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kombu.connection import Connection
from kombu.exceptions import KombuError
from kombu.messaging import Producer

from shared.messaging.pauses import BrokerTrouble
from shared.messaging.topology import Binding, Plan

HEARTBEAT = 60
CONFIRMATION = 30
"""Seconds to wait for the broker to confirm one message."""


def connection(amqp_url: str) -> Any:
    """Give a kombu connection, not yet opened; what is published on it is confirmed before the call returns."""
    return Connection(amqp_url, heartbeat=HEARTBEAT, connect_timeout=10, transport_options={"confirm_publish": True})


@contextmanager
def trouble(conn: Any) -> Iterator[None]:
    """Turn what the library raises about the broker into `BrokerTrouble`."""
    try:
        yield
    except (*conn.connection_errors, *conn.channel_errors, KombuError) as error:
        raise BrokerTrouble(type(error).__name__) from error


def declare(amqp_url: str, plan: Plan, former: Iterable[Binding] = ()) -> None:
    """Declare a plan over a connection of its own and take former bindings away; raises `BrokerTrouble`."""
    conn = connection(amqp_url)
    with trouble(conn), conn:
        conn.ensure_connection(max_retries=1, interval_start=0)
        lay_out(conn.default_channel, plan)
        for binding in former:
            conn.default_channel.queue_unbind(binding.queue, binding.exchange, binding.key)


def lay_out(channel: Any, plan: Plan) -> None:
    """Declare a plan on an open channel."""
    for exchange in plan.exchanges:
        channel.exchange_declare(
            exchange.name, exchange.kind, durable=True, auto_delete=False, arguments=exchange.arguments
        )
    for queue in plan.queues:
        channel.queue_declare(queue.name, durable=True, auto_delete=False, arguments=queue.arguments)
    for binding in plan.bindings:
        channel.queue_bind(binding.queue, binding.exchange, binding.key)


def post(channel: Any, exchange: str, key: str, message: Any, headers: Mapping[str, Any]) -> None:
    """Send a received message on with other headers; returns once the broker has it on a queue.

    Raises the library's errors when the broker refuses, does not answer or has no queue for it.
    """
    kept = {name: message.properties[name] for name in ("message_id", "type") if name in message.properties}
    Producer(channel).publish(
        as_bytes(message.body),
        exchange=exchange,
        routing_key=key,
        content_type=message.content_type or "application/octet-stream",
        content_encoding="binary",
        headers=dict(headers),
        delivery_mode=2,
        mandatory=True,
        confirm_timeout=CONFIRMATION,
        retry=False,
        **kept,
    )


def as_bytes(body: bytes | str | memoryview) -> bytes:
    """Give a body as bytes; the library decodes one whose sender named an encoding."""
    return body.encode() if isinstance(body, str) else bytes(body)
