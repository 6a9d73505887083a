"""The relay: claims what the outbox holds, has it confirmed by the broker, and marks it; one at a time per service."""

from collections import Counter
from collections.abc import Callable
from threading import Event as Signal

import psycopg

from shared import log, telemetry
from shared.db import Connection
from shared.messaging.pauses import BrokerTrouble, Pauses
from shared.messaging.relay.clerk import Batch, Clerk
from shared.messaging.relay.publisher import Publisher

LOCK = 7_310_002
SHORTEST_REST = 0.005
LONGEST_REST = 0.05
STAND_BY = 1.0


class Relay:
    """Runs until it is told to stop; trouble with the broker or the database makes it wait and begin anew."""

    def __init__(self, service: str, database_url: str, amqp_url: str, declare: Callable[[], None]) -> None:
        """`declare` lays out the broker; it runs before each connection, for a broker may come back empty."""
        self._service = service
        self._database_url = database_url
        self._amqp_url = amqp_url
        self._declare = declare
        self._pauses = Pauses()

    def run(self, stop: Signal) -> None:
        """Relay until `stop` is set; what was sent is marked first."""
        while not stop.is_set():
            try:
                with (
                    psycopg.connect(self._database_url, autocommit=True) as first,
                    psycopg.connect(self._database_url, autocommit=True) as second,
                ):
                    if self._alone(first, stop):
                        self._declare()
                        with Publisher(self._amqp_url) as publisher, Clerk(first, second, self._service) as clerk:
                            log.get().info("relay_ready")
                            self.relay(publisher, clerk, stop)
            except (psycopg.OperationalError, psycopg.InterfaceError, BrokerTrouble) as error:
                pause = self._pauses.take()
                reason = str(error) if isinstance(error, BrokerTrouble) else type(error).__name__
                log.get().warning("relay_pauses", reason=reason, seconds=pause)
                telemetry.RELAY_PAUSES.labels(self._service).inc()
                stop.wait(pause)

    def _alone(self, conn: Connection, stop: Signal) -> bool:
        """Wait until no other relay of this service runs; the lock lives as long as the connection."""
        while not stop.is_set():
            row = conn.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
            if row and row[0]:
                return True
            stop.wait(STAND_BY)
        return False

    def relay(
        self, publisher: Publisher, clerk: Clerk, stop: Signal, *, idle: Callable[[], None] | None = None
    ) -> None:
        """Send batch after batch until `stop`; `idle` is called when nothing waits, before each rest.

        Raises `BrokerTrouble` if the broker did not take all of a batch; the rest of it stays in the outbox.
        """
        rest, sent, batch = SHORTEST_REST, list[int](), clerk.batch()
        while not stop.is_set():
            clerk.turn(sent)
            sent = self._send(publisher, clerk, batch)
            busy, batch = batch, clerk.batch()
            if busy.letters or batch.letters:
                rest = SHORTEST_REST
                continue
            if idle:
                idle()
            publisher.rest(rest)
            rest = min(rest * 1.2, LONGEST_REST)
        clerk.finish(sent)

    def _send(self, publisher: Publisher, clerk: Clerk, batch: Batch) -> list[int]:
        """Send a batch and give the positions that the broker has confirmed."""
        telemetry.WAITING.labels(self._service).set(len(batch.letters))
        if not batch.letters:
            return []
        outcome = publisher.send(batch.letters)
        for name, count in Counter(batch.letters[index].name for index in outcome.confirmed).items():
            telemetry.PUBLISHED.labels(self._service, name).inc(count)
        sent = [batch.positions[index] for index in outcome.confirmed]
        if outcome.trouble:
            clerk.finish(sent)
            raise BrokerTrouble(outcome.trouble)
        self._pauses.reset()
        return sent
