"""A service's dead letters: looked at without being taken away, and sent back to the queue they came from.

Looking takes letters without acknowledging them; when the connection ends, in whatever way, they lie where they lay.
"""

import hashlib
import json
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
DEATHS = "x-death"
"""The header in which the broker says when and where; its other headers change with every look."""
HEADERS = "application_headers"
"""The library's second place for the headers, among the properties."""


@dataclass(frozen=True)
class Copy:
    """A message written down: everything that the broker gave with it."""

    body: bytes
    headers: dict[str, Any]
    properties: dict[str, Any]

    @property
    def content_type(self) -> str | None:
        """Give what its sender said that it is."""
        return self.properties.get("content_type")


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
    """The delivery, for `replay` and `drop`, or a `Copy`, which can only be sent."""

    @property
    def around(self) -> str:
        """Give headers and properties as JSON in ASCII; what JSON has no word for becomes a text."""
        properties = {name: value for name, value in self.message.properties.items() if name != HEADERS}
        return _json({"headers": self.message.headers, "properties": properties})

    @property
    def digest(self) -> str:
        """Give the same for this letter however often it was looked at, and another once its message died again."""
        headers = self.message.headers
        lasting = {name: value for name, value in headers.items() if name == DEATHS or not name.startswith("x-")}
        parts = (self.service, self.queue, _json(lasting))
        return hashlib.sha256(b"\0".join([*(part.encode(errors="replace") for part in parts), self.body])).hexdigest()

    @property
    def body(self) -> bytes:
        """Give what the message says; not for anybody's eyes."""
        return broker.as_bytes(self.message.body)


class Box:
    """The dead letters of one service, over one connection."""

    def __init__(self, conn: Any, service: str) -> None:
        self._conn = conn
        self._channel = conn.default_channel
        self._out = conn.channel()
        self.service = service

    def letters(self) -> list[DeadLetter]:
        """Give all letters that lie there now; nothing where the service never had a queue."""
        queue = dead_name(self.service)
        found = []
        while (raw := self._channel.basic_get(queue)) is not None:
            found.append(read(self._channel.message_to_python(raw), self.service))
        return found

    def replay(self, letter: DeadLetter) -> None:
        """Send a letter back to its queue; gone from here once it lies there."""
        self.send(letter)
        self.drop(letter)

    def send(self, letter: DeadLetter) -> None:
        """Lay a letter's message on its queue as if it came for the first time; returns once it lies there."""
        kept = {name: value for name, value in letter.message.headers.items() if name not in fate.OURS}
        kept = {name: value for name, value in kept.items() if not name.startswith("x-")}
        with broker.trouble(self._conn):
            broker.post(self._out, "", letter.queue, letter.message, kept)

    def drop(self, letter: DeadLetter) -> None:
        """Take a letter out of the queue: for whoever has made sure that it lies elsewhere."""
        with broker.trouble(self._conn):
            letter.message.ack()


@contextmanager
def opened(amqp_url: str, service: str) -> Iterator[Box | None]:
    """Open a service's box; `None` where it has none yet. What is done with it raises `BrokerTrouble`, too."""
    conn = broker.connection(amqp_url)
    with broker.trouble(conn), conn:
        conn.ensure_connection(max_retries=1, interval_start=0)
        yield Box(conn, service) if _exists(conn, dead_name(service)) else None


def _exists(conn: Any, queue: str) -> bool:
    channel = conn.channel()
    try:
        channel.queue_declare(queue, passive=True)
    except conn.channel_errors:
        return False
    channel.close()
    return True


def recalled(body: bytes, around: str, service: str) -> DeadLetter:
    """Read a letter that was written down as `DeadLetter.body` and `around`."""
    told = json.loads(around)
    return read(Copy(body, told["headers"], told["properties"]), service)


def read(message: Any, service: str) -> DeadLetter:
    """Read what is known of a message in the dead letters of a service."""
    headers = message.headers
    body = broker.as_bytes(message.body)
    death = _first_death(headers)
    try:
        said = envelope.decode(body)
    except Refusal:
        said = None
    killed = fate.REASON not in headers
    return DeadLetter(
        id=str(said.id) if said else hashlib.sha256(body).hexdigest()[:16],
        service=service,
        queue=str(headers.get(fate.QUEUE) or death.get("queue") or service),
        name=legible(said.name) if said else "",
        reason="delivery_limit" if killed else legible(str(headers[fate.REASON])),
        text=KILLED if killed else legible(str(headers.get(fate.TEXT, ""))),
        failed_at=legible(str(headers.get(fate.FAILED_AT) or death.get("time") or "")),
        attempts=fate.attempt_of(headers),
        size=len(body),
        envelope=said,
        message=message,
    )


def legible(text: str) -> str:
    """Give a text of which a stranger may be the author so that any terminal and any table can take it."""
    return "".join(
        " " if sign.isspace() else sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text
    )


def _first_death(headers: dict[str, Any]) -> dict[str, Any]:
    deaths = headers.get(DEATHS)
    return deaths[0] if isinstance(deaths, list) and deaths and isinstance(deaths[0], dict) else {}


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=lambda each: each.hex() if isinstance(each, bytes) else str(each))
