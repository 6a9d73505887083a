"""Listens on one queue for ever: gathers what has arrived, acts on it in one transaction, and only then acknowledges.

A batch that fails is taken message by message. Whatever happens, a message is acknowledged only after its effect is
committed or the broker has confirmed that it lies in another queue.
"""

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event as Signal
from typing import Any

from kombu.entity import Queue
from kombu.exceptions import KombuError
from kombu.mixins import ConsumerMixin

from shared import log, telemetry
from shared.db import Pool
from shared.errors import NotYet, Refusal
from shared.messaging import handling
from shared.messaging.consumer import broker, fate
from shared.messaging.handling import DatabaseDown
from shared.messaging.hearing import Handlers
from shared.messaging.pauses import Pauses
from shared.messaging.reading import Heard, NotHeard, Reader
from shared.messaging.topology import Plan

PREFETCH = 200
BATCH = 100
GATHERING = 0.001
"""Seconds without a further delivery after which a batch is complete."""


class Listener(ConsumerMixin):
    """One queue of one service, on the thread that calls `listen`."""

    def __init__(
        self,
        amqp_url: str,
        pool: Pool,
        plan: Plan,
        handlers: Handlers,
        *,
        service: str,
        queue: str,
        stop: Signal,
        batch: int = 0,
    ) -> None:
        """`plan` is declared at each connection: a broker may come back empty.

        At most `batch` messages share a transaction, without it `BATCH`.
        """
        self.connection = broker.connection(amqp_url)
        self._pool = pool
        self._plan = plan
        self._reader = Reader(handlers)
        self._service = service
        self._queue = queue
        self._stop = stop
        self._batch = batch or BATCH
        self._arrived: deque[Any] = deque()
        self._pauses = Pauses()

    def listen(self) -> None:
        """Consume until `stop` is set; reconnect for ever."""
        errors = (*self.connection.connection_errors, *self.connection.channel_errors, KombuError)
        while not self._stop.is_set():
            try:
                for _ in self.consume():
                    pass
            except errors as error:
                pause = self._pauses.take()
                log.get().warning("listener_pauses", queue=self._queue, reason=type(error).__name__, seconds=pause)
                self._stop.wait(pause)

    @property
    def should_stop(self) -> bool:  # type: ignore[override]
        """Tell the library's loop when to end."""
        return self._stop.is_set()

    @contextmanager
    def establish_connection(self) -> Iterator[Any]:
        """Connect once; the pauses between attempts are ours, so that a stop is heard in them."""
        with self.create_connection() as conn:
            conn.ensure_connection(max_retries=1, interval_start=0)
            yield conn

    def get_consumers(self, consumer: Any, channel: Any) -> list[Any]:
        """Lay out the broker and consume; what an earlier connection had delivered comes again by itself."""
        broker.lay_out(channel, self._plan)
        self._arrived.clear()
        self._out = channel.connection.channel()
        queue = Queue(self._queue, no_declare=True)
        return [consumer([queue], on_message=self._arrived.append, prefetch_count=min(PREFETCH, 2 * self._batch))]

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **_: Any) -> None:
        """Note that the connection stands."""
        self._conn = connection
        log.get().info("listener_ready", queue=self._queue)

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        """Take a message that the library cannot unpack like any other: its body will be found malformed."""
        self._arrived.append(message)

    def on_iteration(self) -> None:
        """Gather what is there already and work through it."""
        if not self._arrived:
            return
        self._gather()
        batch = [self._arrived.popleft() for _ in range(min(self._batch, len(self._arrived)))]
        while not self._stop.is_set():
            try:
                self._work(batch)
                self._pauses.reset()
                return
            except DatabaseDown:
                pause = self._pauses.take()
                log.get().warning("database_unreachable", queue=self._queue, seconds=pause)
                self._stop.wait(pause)
                self._conn.heartbeat_check()

    def _gather(self) -> None:
        try:
            while len(self._arrived) < self._batch:
                self._conn.drain_events(timeout=GATHERING)
        except TimeoutError:
            pass

    def _work(self, batch: list[Any]) -> None:
        """Handle a batch, wholly or one by one; removes from it what is done with, so that it can be called again."""
        if (heard := self._read_all(batch)) is not None:
            try:
                new = handling.handle(self._pool, self._queue, heard)
            except DatabaseDown:
                raise
            except Exception as error:  # whichever of them raised it is found one by one
                log.get().info("batch_split", queue=self._queue, size=len(batch), error=type(error).__name__)
            else:
                self._count("handled", new)
                self._count("duplicate", len(heard) - new)
                self._acknowledge(batch[-1], multiple=True)
                batch.clear()
        while batch:
            self._work_one(batch[0])
            batch.pop(0)

    def _read_all(self, batch: Sequence[Any]) -> list[Heard] | None:
        """Read a whole batch; `None` if it must be taken one by one."""
        try:
            return [self._reader.read(message.body) for message in batch]
        except (Refusal, NotHeard):
            return None

    def _work_one(self, message: Any) -> None:
        try:
            new = handling.handle(self._pool, self._queue, [self._reader.read(message.body)])
            self._count("handled" if new else "duplicate", 1)
        except DatabaseDown:
            raise
        except Exception as error:  # the one place where a defect of a handler is caught
            self._pass_on(message, error)
        self._acknowledge(message)

    def _pass_on(self, message: Any, error: Exception) -> None:
        """Send a message to wait or to the dead letters; returns once the broker has it there."""
        decided = fate.decide(error, message.headers, service=self._service, queue=self._queue)
        broker.post(self._out, decided.exchange, decided.key, message, decided.headers)
        self._count(decided.outcome, 1)
        level = logging.INFO if isinstance(error, NotYet) else logging.WARNING
        log.get().log(
            level,
            f"event_{decided.outcome}",
            queue=self._queue,
            event_id=str(message.properties.get("message_id")),
            attempt=fate.attempt_of(message.headers),
            reason=decided.headers.get(fate.REASON),
            exc_info=error,
        )

    def _acknowledge(self, message: Any, *, multiple: bool = False) -> None:
        message.ack(multiple=multiple)

    def _count(self, outcome: str, number: int) -> None:
        if number:
            telemetry.HANDLED.labels(self._queue, outcome).inc(number)
