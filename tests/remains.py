"""What one quarter left in all databases of a running system, counted, so that two quarters can be compared.

Everything is found by the quarter's own ids, so that what else goes on in the system does not count.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

import pika
import psycopg

from infra.local.layout import SERVICES
from infra.quarter.stage import Stage
from shared.db import Connection
from shared.messaging import outbox
from tests.flow.world import handlers
from tests.system import System

ENDING = "_DATABASE_URL"
HEARERS = ("evaluation", "notify", "pledge")
"""Whose events are counted; what ballot and the trustees tell one another goes by the pace of the box."""
PACED = {"record", "accepted_ballot", "pending_ballot", "refused_ballot", "decryption", "decryption_fault"}
"""The box's own tables likewise; that it counted what was voted is seen by whoever plays."""
NOTES = {"roll_moved"}
"""What is to be done yet: a note is taken away by whoever did it, so how many lie there is chance."""
COLUMNS = ("meeting_id", "ballot_id", "election_id", "award_id")
WHERE = (
    "SELECT table_name, column_name FROM information_schema.columns"
    " WHERE table_schema = 'public' AND data_type = 'uuid' AND column_name = ANY(%s)"
)
TOLD = "SELECT id, name, exchange FROM outbox WHERE name = ANY(%s) AND data::text ~ %s"


def databases(system: System) -> dict[str, str]:
    """Give the URLs of all databases by the name of their owner."""
    found = system.environment.items()
    return {name.removesuffix(ENDING).lower(): url for name, url in found if name.endswith(ENDING)}


def remains(system: System, stage: Stage) -> Counter[str]:
    """Count the rows that name the quarter's meeting, ballot or awards, what was told of them, and who heard it."""
    names = {event.event_name for name in HEARERS for event in handlers(name)} | {"ballot.called", "award.published"}
    ids = [stage.meeting_id, stage.ballot_id, *stage.diary.content["award_ids"]]
    own = {name: url for name, url in databases(system).items() if name in SERVICES}
    counts: Counter[str] = Counter()
    told: list[Any] = []
    for name, url in own.items():
        with psycopg.connect(url) as conn:
            counts |= {f"{name}.{place}": number for place, number in _rows(conn, ids)}
            for event_id, event, exchange in conn.execute(TOLD, [list(names), "|".join(ids)]).fetchall():
                counts[f"{event} told on {exchange}"] += 1
                told.append(event_id)
    for name, url in own.items():
        with psycopg.connect(url) as conn:
            for (event,) in conn.execute("SELECT name FROM inbox WHERE event_id = ANY(%s)", [told]).fetchall():
                counts[f"{event} heard by {name}"] += 1
    return counts


def _rows(conn: Connection, ids: list[str]) -> Iterator[tuple[str, int]]:
    for table, column in conn.execute(WHERE, [list(COLUMNS)]).fetchall():
        if table in PACED | NOTES:
            continue
        statement = f"SELECT count(*) FROM {table} WHERE {column} = ANY(%s::uuid[])"
        for (number,) in conn.execute(statement, [ids]).fetchall():
            if number:
                yield f"{table} by {column}", number


def drained(system: System) -> bool:
    """Say whether everything told has been relayed, and nothing waits in a service's queue or notes."""
    for url in databases(system).values():
        with psycopg.connect(url) as conn:
            if outbox.any_waiting(conn) or any(map(partial(_has_rows, conn), _notes(conn))):
                return False
    return not any(waiting(system, "").values())


def _notes(conn: Connection) -> list[str]:
    rows = conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return [name for (name,) in rows if name in NOTES]


def _has_rows(conn: Connection, table: str) -> bool:
    return conn.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None


def waiting(system: System, suffix: str) -> dict[str, int]:
    """Give how many messages lie in each service's queue; with the suffix `.dead`, its dead letters."""
    connection = pika.BlockingConnection(pika.URLParameters(system.environment["AMQP_URL"]))
    try:
        channel = connection.channel()
        names = [f"{name}{suffix}" for name in SERVICES]
        return {name: channel.queue_declare(name, passive=True).method.message_count for name in names}
    finally:
        connection.close()
