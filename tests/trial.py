"""A service of the tests' own: events with names nobody else hears, a queue, a database, handlers that leave a mark.

Its names are new each time, so that tests can share a broker. `python -m tests.trial` runs its worker as a process.
"""

import json
import os
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Signal
from typing import Any
from uuid import UUID

import psycopg
from marshmallow import fields

from shared import migrate
from shared.db import Connection, Pool, open_pool
from shared.errors import NotYet, RuleBroken
from shared.events import CATALOGUE, Event, Message
from shared.messaging import Deadline, Handlers, tell, topology, worker
from shared.messaging.consumer import broker
from shared.messaging.consumer.listener import Listener
from shared.messaging.relay import Relay
from tests import services

TENANT = UUID(int=7)
TABLES = """
CREATE TABLE effect (event_id uuid NOT NULL, number integer NOT NULL, at bigint GENERATED ALWAYS AS IDENTITY);
CREATE TABLE fact (number integer PRIMARY KEY)
"""


class TrialRefused(RuleBroken):
    """试验中的拒绝。"""


@dataclass
class Trial:
    """One trial service on one database and one broker."""

    database_url: str
    amqp_url: str
    name: str = field(default_factory=lambda: f"trial{uuid.uuid4().hex[:10]}")

    def __post_init__(self) -> None:
        self.event = event(self.name)
        self.stop = Signal()

    @property
    def handlers(self) -> Handlers:
        return {self.event: leave_mark}

    def create_tables(self) -> None:
        with psycopg.connect(self.database_url) as conn:
            conn.execute(TABLES)

    def connect(self) -> Connection:
        return psycopg.connect(self.database_url)

    def tell(self, *numbers: int, does: str = "") -> list[UUID]:
        with self.connect() as conn:
            return [tell_one(conn, self.event, number, does) for number in numbers]

    def effects(self) -> list[int]:
        with self.connect() as conn:
            return [row[0] for row in conn.execute("SELECT number FROM effect ORDER BY at").fetchall()]

    def waiting(self) -> int:
        with self.connect() as conn:
            row = conn.execute("SELECT count(*) FROM outbox WHERE published_at IS NULL").fetchone()
        return row[0] if row else 0

    def declare(self, handlers: Handlers | None = None) -> None:
        topology.declare(self.amqp_url, self.name, self.handlers if handlers is None else handlers, wait=5)

    def relay(self) -> Relay:
        return Relay(self.name, self.database_url, self.amqp_url, lambda: self.declare())

    def listener(self, pool: Pool, handlers: Handlers | None = None, stop: Signal | None = None) -> Listener:
        heard = self.handlers if handlers is None else handlers
        plan = topology.plan(self.name, heard)
        stop = stop or self.stop
        return Listener(self.amqp_url, pool, plan, heard, service=self.name, queue=self.name, stop=stop)

    @contextmanager
    def running(self, *, relay: bool = True, listener: bool = True, handlers: Handlers | None = None) -> Iterator[None]:
        """Run the relay and the listener on threads."""
        self.stop = Signal()
        pool = open_pool(self.database_url, size=3)
        parts: list[Callable[[], None]] = []
        if relay:
            parts.append(lambda: self.relay().run(self.stop))
        if listener:
            parts.append(self.listener(pool, handlers).listen)
        threads = [threading.Thread(target=part, daemon=True) for part in parts]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stop.set()
            for thread in threads:
                thread.join(60)
            pool.close()

    def put(self, body: bytes, *, queue: str = "", headers: dict[str, Any] | None = None) -> None:
        """Put a message straight on a queue, as a stranger might."""
        with broker.connection(self.amqp_url) as conn:
            conn.Producer(conn.default_channel).publish(
                body, routing_key=queue or self.name, content_type="application/json", content_encoding="binary",
                headers=headers or {}, delivery_mode=2,
            )  # fmt: skip

    def depth(self, queue: str) -> int:
        with broker.connection(self.amqp_url) as conn:
            return int(conn.default_channel.queue_declare(queue, passive=True).message_count)

    def remove(self) -> None:
        """Take away what it left on the broker and in the catalogue."""
        with broker.connection(self.amqp_url) as conn:
            for queue in topology.plan(self.name, self.handlers).queues:
                if queue.name.startswith(self.name):
                    conn.default_channel.queue_delete(queue.name)
        for key in [key for key, known in CATALOGUE.items() if known.teller == self.name]:
            del CATALOGUE[key]


@contextmanager
def fresh(server: str, amqp_url: str) -> Iterator[Trial]:
    """Make a trial with a database of its own on a server; nothing is left of it afterwards."""
    name = f"trial_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    url = f"{server.rpartition('/')[0]}/{name}"
    migrate.migrate(url, Path("/nonexistent"))
    trial = Trial(url, amqp_url)
    trial.create_tables()
    trial.declare()
    try:
        yield trial
    finally:
        trial.remove()
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def event(name: str, what: str = "happened") -> type[Event]:
    """Declare an event of a trial."""
    body = {
        "__doc__": "Told when a trial happened.",
        "event_name": f"{name}.{what}",
        "teller": name,
        "number": fields.Integer(required=True),
        "does": fields.String(load_default=""),
    }
    return type("TrialHappened", (Event,), body)


def tell_one(conn: Connection, told: type[Event], number: int, does: str = "") -> UUID:
    return tell(conn, told, tenant_id=TENANT, subject=str(number), number=number, does=does)


def leave_mark(conn: Connection, message: Message) -> None:
    """Leave one row per message; refuse, fail or wait where the message says so."""
    number, does = message.data["number"], message.data["does"]
    if does == "refuse":
        raise TrialRefused
    if does == "fail":
        raise ZeroDivisionError("a defect")
    if does == "wait" and not conn.execute("SELECT 1 FROM fact WHERE number = %s", [number]).fetchone():
        raise NotYet(f"fact {number}")
    if does == "kill":
        os._exit(9)
    conn.execute("INSERT INTO effect (event_id, number) VALUES (%s, %s)", [message.id, number])


def until(true: Callable[[], object], *, seconds: float = 60) -> None:
    """Wait until something is true; fail when it has not become so."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError("it has not become true")
        time.sleep(0.02)


def _main() -> None:
    """Run a worker: the trial's name and URLs come as JSON in the first argument, `only` as the second."""
    given = json.loads(sys.argv[1])
    trial = Trial(given["database_url"], given["amqp_url"], given["name"])
    config = services.config(trial.name, trial.database_url, amqp_url=trial.amqp_url)
    worker.run(config, trial.handlers, [Deadline("nothing", lambda *_: 0)], only=sys.argv[2] or None)


if __name__ == "__main__":
    _main()
