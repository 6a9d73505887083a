"""The relay: claims what the outbox holds, has it confirmed by the broker, and marks it; one at a time per service."""

from collections import Counter
from collections.abc import Callable
from threading import Event as Signal

import psycopg

from shared import log, telemetry
from shared.db import Connection
from shared.events import PUBLIC
from shared.messaging import envelope, outbox
from shared.messaging.pauses import BrokerTrouble, Pauses
from shared.messaging.relay.publisher import Letter, Publisher

BATCH = 1000
LOCK = 7_310_002
SHORTEST_REST = 0.005
LONGEST_REST = 0.05
STAND_BY = 1.0


def letter(told: outbox.Told, service: str) -> Letter:
    """Make a fact of the ledger of `service` ready to send."""
    return Letter(
        id=told.id,
        exchange=told.exchange,
        key=told.name,
        body=envelope.encode(told, service),
        name=told.name,
        content_type=envelope.CONTENT_TYPE,
        may_be_unheard=told.exchange == PUBLIC,
    )


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
        """Relay until `stop` is set; what was claimed is finished first."""
        while not stop.is_set():
            try:
                with psycopg.connect(self._database_url, autocommit=True) as conn:
                    self._stand_by(conn, stop)
                    self._serve(conn, stop)
            except (psycopg.OperationalError, psycopg.InterfaceError, BrokerTrouble) as error:
                pause = self._pauses.take()
                reason = str(error) if isinstance(error, BrokerTrouble) else type(error).__name__
                log.get().warning("relay_pauses", reason=reason, seconds=pause)
                telemetry.RELAY_PAUSES.labels(self._service).inc()
                stop.wait(pause)

    def _stand_by(self, conn: Connection, stop: Signal) -> None:
        """Wait until no other relay of this service runs; the lock lives as long as the connection."""
        while not stop.is_set():
            row = conn.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
            if row and row[0]:
                return
            stop.wait(STAND_BY)

    def _serve(self, conn: Connection, stop: Signal) -> None:
        if stop.is_set():
            return
        self._declare()
        with Publisher(self._amqp_url) as publisher:
            log.get().info("relay_ready")
            rest = SHORTEST_REST
            while not stop.is_set():
                if self.drain(conn, publisher):
                    rest = SHORTEST_REST
                else:
                    publisher.rest(rest)
                    rest = min(rest * 1.2, LONGEST_REST)

    def drain(self, conn: Connection, publisher: Publisher) -> int:
        """Send one batch and mark what was confirmed; give how many that was.

        Raises `BrokerTrouble` if the broker did not take all of it; the rest stays in the outbox.
        """
        row = conn.execute("SELECT EXISTS (SELECT FROM outbox WHERE published_at IS NULL)").fetchone()
        if not (row and row[0]):
            telemetry.WAITING.labels(self._service).set(0)
            return 0
        with conn.transaction():
            told = outbox.claim(conn, BATCH)
            outcome = publisher.send([letter(fact, self._service) for fact in told])
            if outcome.confirmed:
                outbox.mark(conn, [told[index].position for index in outcome.confirmed])
        for name, count in Counter(told[index].name for index in outcome.confirmed).items():
            telemetry.PUBLISHED.labels(self._service, name).inc(count)
        if outcome.trouble:
            raise BrokerTrouble(outcome.trouble)
        self._pauses.reset()
        return len(outcome.confirmed)
