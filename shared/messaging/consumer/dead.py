"""A service's dead letters: looked at without being taken away, and sent back to the queue they came from.

Looking takes letters without acknowledging them; when the connection ends, in whatever way, they lie where they lay.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from shared.errors import Refusal
from shared.messaging import envelope
from shared.messaging.consumer import broker, fate
from shared.messaging.topology import dead_name

KILLED = "程序处理这条消息时反复中断。"
"""The broker laid it aside: it was delivered more often than the queue allows."""


@dataclass(frozen=True)
class DeadLetter:
    """What operators may see of a letter: everything about it but what it says."""

    id: str
    service: str
    queue: str
    name: str
    reason: str
    text: str
    failed_at: str
    attempts: int
    size: int
    envelope: envelope.Envelope | None
    """`None` where it is malformed."""
    message: Any
    """The delivery, for `replay`."""


class Box:
    """The dead letters of one service, over one connection."""

    def __init__(self, channel: Any, out: Any, service: str) -> None:
        self._channel = channel
        self._out = out
        self._service = service

    def letters(self) -> list[DeadLetter]:
        """Give all letters that lie there now; nothing where the service never had a queue."""
        queue = dead_name(self._service)
        found = []
        while (raw := self._channel.basic_get(queue)) is not None:
            found.append(_letter(self._channel.message_to_python(raw), self._service))
        return found

    def replay(self, letter: DeadLetter) -> None:
        """Send a letter back to its queue as if it came for the first time; gone from here once it lies there."""
        kept = {name: value for name, value in letter.message.headers.items() if name not in fate.OURS}
        kept = {name: value for name, value in kept.items() if not name.startswith("x-")}
        broker.post(self._out, "", letter.queue, letter.message, kept)
        letter.message.ack()


@contextmanager
def opened(amqp_url: str, service: str) -> Iterator[Box | None]:
    """Open a service's box; `None` where it has none yet. Raises `BrokerTrouble`."""
    conn = broker.connection(amqp_url)
    with broker.trouble(conn), conn:
        conn.ensure_connection(max_retries=1, interval_start=0)
        yield Box(conn.default_channel, conn.channel(), service) if _exists(conn, dead_name(service)) else None


def _exists(conn: Any, queue: str) -> bool:
    channel = conn.channel()
    try:
        channel.queue_declare(queue, passive=True)
    except conn.channel_errors:
        return False
    channel.close()
    return True


def _letter(message: Any, service: str) -> DeadLetter:
    headers = message.headers
    body = broker.as_bytes(message.body)
    deaths = headers.get("x-death") or [{}]
    try:
        read = envelope.decode(body)
    except Refusal:
        read = None
    killed = fate.REASON not in headers
    return DeadLetter(
        id=str(read.id) if read else hashlib.sha256(body).hexdigest()[:16],
        service=service,
        queue=str(headers.get(fate.QUEUE) or deaths[0].get("queue") or service),
        name=read.name if read else "",
        reason="delivery_limit" if killed else str(headers[fate.REASON]),
        text=KILLED if killed else str(headers.get(fate.TEXT, "")),
        failed_at=str(headers.get(fate.FAILED_AT) or deaths[0].get("time") or ""),
        attempts=fate.attempt_of(headers),
        size=len(body),
        envelope=read,
        message=message,
    )
