"""A connection to the broker that sends many letters at a time and learns which of them the broker has confirmed.

pika's loop runs only inside these methods, on the caller's thread: there is nothing to share between threads. The
caller must come back at least every few seconds (`rest`), so that heartbeats are answered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from types import TracebackType
from typing import Any, Self

import pika
from pika.channel import Channel
from pika.spec import Basic, BasicProperties

from shared.messaging.pauses import BrokerTrouble
from shared.messaging.relay.letters import Letter
from shared.messaging.relay.wire import Wire

OPENING = 10.0
SILENCE = 30.0
"""Seconds without any confirmation after which a connection counts as lost."""
CHUNK = 250
"""Letters written before the loop may read confirmations again."""


@dataclass(frozen=True)
class Outcome:
    """What became of the letters of one sending."""

    confirmed: list[int]
    """Indices of the letters that the broker has taken."""
    trouble: str | None
    """Why the others are not among them; the connection should then be given up."""


class Publisher:
    """Use it as a context manager; one that reported trouble is closed and replaced, never used again."""

    def __init__(self, amqp_url: str) -> None:
        self._parameters = pika.URLParameters(amqp_url)
        self._parameters.heartbeat = 60
        self._parameters.socket_timeout = self._parameters.stack_timeout = OPENING
        self._parameters.connection_attempts = 1
        self._channel: Channel | None = None
        self._trouble: str | None = None
        self._closing = False
        self._waiting: dict[int, int] = {}
        self._confirmed: list[int] = []
        self._returned: set[str] = set()
        self._letters: Sequence[Letter] = ()
        self._next = 0
        self._tag = 0
        self._alarm: Any = None

    def __enter__(self) -> Self:
        """Connect; raises `BrokerTrouble`."""
        self._connection = Wire(
            self._parameters,
            on_open_callback=lambda connection: connection.channel(on_open_callback=self._opened),
            on_open_error_callback=lambda _, error: self._fail(f"cannot connect: {type(error).__name__}"),
            on_close_callback=self._on_closed,
        )
        self._loop = self._connection.ioloop
        self._turn(OPENING, "the broker did not answer")
        if self._trouble:
            trouble = self._trouble
            self.close()
            raise BrokerTrouble(trouble)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def send(self, letters: Sequence[Letter]) -> Outcome:
        """Send letters in order without waiting in between, and wait until the broker has answered for all."""
        self._letters, self._next = letters, 0
        self._confirmed, self._returned = [], set()
        self._waiting.clear()
        if not self._trouble:
            self._feed()
            self._turn(SILENCE, "the broker went silent")
        return Outcome(sorted(self._confirmed), self._trouble)

    def rest(self, seconds: float) -> None:
        """Wait, answering heartbeats; raises `BrokerTrouble` if the connection is lost meanwhile."""
        if not self._trouble:
            self._loop.call_later(seconds, self._loop.stop)
            self._loop.start()
        if self._trouble:
            raise BrokerTrouble(self._trouble)

    def close(self) -> None:
        """Close the connection, politely if it still answers."""
        connection = self._connection
        if connection.is_open:
            self._closing = True
            connection.close()
            self._loop.call_later(2.0, self._loop.stop)
            self._loop.start()
        # The library closes its socket one turn of the loop after it has said that the connection is closed.
        self._loop.add_callback(lambda: self._loop.add_callback(self._loop.stop))
        self._loop.start()
        self._loop.close()

    def _turn(self, silence: float, complaint: str) -> None:
        """Run the loop until something stops it; progress resets the alarm."""
        self._silence, self._complaint = silence, complaint
        self._reset_alarm()
        self._loop.start()
        self._loop.remove_timeout(self._alarm)

    def _reset_alarm(self) -> None:
        if self._alarm is not None:
            self._loop.remove_timeout(self._alarm)
        self._alarm = self._loop.call_later(self._silence, lambda: self._fail(self._complaint))

    def _opened(self, channel: Channel) -> None:
        self._channel = channel
        channel.add_on_close_callback(lambda _, reason: self._fail(f"channel closed: {_code(reason)}"))
        channel.add_on_return_callback(self._on_return)
        done: Callable[[object], None] = lambda _: self._loop.stop()  # noqa: E731
        channel.confirm_delivery(self._on_answer, callback=done)

    def _feed(self) -> None:
        """Write the next chunk; the loop reads what has come in before it calls again."""
        assert self._channel is not None  # noqa: S101
        if self._trouble:
            return
        upto = min(self._next + CHUNK, len(self._letters))
        with self._connection.together():
            for index in range(self._next, upto):
                letter = self._letters[index]
                self._tag += 1
                self._waiting[self._tag] = index
                properties = BasicProperties(
                    content_type=letter.content_type, delivery_mode=2, message_id=letter.id, type=letter.name
                )
                self._channel.basic_publish(letter.exchange, letter.key, letter.body, properties, mandatory=True)
        self._next = upto
        if upto < len(self._letters):
            self._loop.add_callback(self._feed)

    def _on_return(self, _: Channel, __: Basic.Return, properties: BasicProperties, ___: bytes) -> None:
        self._returned.add(properties.message_id or "")

    def _on_answer(self, frame: Any) -> None:
        tag, taken = frame.method.delivery_tag, isinstance(frame.method, Basic.Ack)
        # Tags grow, so those that a range answers are the first that wait.
        answered = list(takewhile(tag.__ge__, self._waiting)) if frame.method.multiple else [tag]
        for known in answered:
            index = self._waiting.pop(known)
            letter = self._letters[index]
            if not taken:
                self._trouble = "the broker refused"
            elif letter.id in self._returned and not letter.may_be_unheard:
                self._trouble = "no queue took it"
            else:
                self._confirmed.append(index)
        self._reset_alarm()
        if not self._waiting and (self._trouble or self._next == len(self._letters)):
            self._loop.stop()

    def _on_closed(self, _: Wire, reason: Exception) -> None:
        self._closing = False
        self._fail(f"connection closed: {type(reason).__name__}")

    def _fail(self, trouble: str) -> None:
        self._trouble = self._trouble or trouble
        if not self._closing:
            self._loop.stop()


def _code(reason: BaseException) -> str:
    return str(getattr(reason, "reply_code", type(reason).__name__))
