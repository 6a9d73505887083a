"""Facts told within the transaction of the change they report, and the ledger that keeps them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from marshmallow import ValidationError, fields

from shared import clock, telemetry
from shared.db import Connection
from shared.events import EVENTS, Event
from shared.messaging import thread


class Told(NamedTuple):
    """One row of the ledger, as the relay needs it: thousands a second, so identifiers stay the text that they are."""

    position: int
    id: str
    tenant_id: str
    name: str
    version: int
    exchange: str
    subject: str
    correlation_id: str
    causation_id: str | None
    occurred_at: str
    """In UTC, as RFC 3339 has it."""
    data: str
    """JSON text, passed on as it is."""
    traceparent: str | None


COLUMNS = (
    "position, id::text, tenant_id::text, name, version, exchange, subject, correlation_id::text, causation_id::text,"
    """ to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), data::text, traceparent"""
)


def tell(conn: Connection, event: type[Event], *, tenant_id: UUID, subject: UUID | str, **facts: Any) -> UUID:
    """Say what happened, in the transaction of `conn`; give the event's id. `subject` is the aggregate's id.

    Raises `marshmallow.ValidationError` when the facts are not exactly those that the event declares: a defect of the
    teller.
    """
    data = dumped(event, facts)
    event_id = uuid4()
    correlation_id, causation_id = thread.current()
    conn.execute(
        "INSERT INTO outbox (tenant_id, id, name, version, exchange, subject, correlation_id, causation_id,"
        " occurred_at, data, traceparent) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s)",
        [
            tenant_id, event_id, event.event_name, event.event_version, event.exchange, str(subject), correlation_id,
            causation_id, clock.now(), data, telemetry.traceparent() if event.exchange == EVENTS else None,
        ],
    )  # fmt: skip
    return event_id


def dumped(event: type[Event], facts: Mapping[str, Any]) -> str:
    """Write an event's facts as JSON text after proving that a hearer can load them; `ValidationError` if not."""
    schema = schema_of(event)
    _refuse_unknown(schema.fields, facts, ())
    try:
        data = schema.dump(facts)
    except (AttributeError, TypeError, ValueError) as error:
        raise ValidationError(f"{event.__name__} cannot be written: {type(error).__name__}") from error
    schema.load(data)
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


@cache
def schema_of(event: type[Event]) -> Event:
    """Give the one instance of an event's schema; building it costs more than using it."""
    return event()


def _refuse_unknown(declared: Mapping[str, fields.Field[Any]], facts: Mapping[str, Any], path: tuple[str, ...]) -> None:
    for name, value in facts.items():
        here = (*path, name)
        if name not in declared:
            raise ValidationError(f"{'.'.join(here)} is not declared")
        _refuse_unknown_within(declared[name], value, here)


def _refuse_unknown_within(field: fields.Field[Any], value: Any, path: tuple[str, ...]) -> None:
    if isinstance(field, fields.List):
        for item in value or ():
            _refuse_unknown_within(field.inner, item, path)
    elif isinstance(field, fields.Nested):
        for item in (value or ()) if field.many else (value,):
            if isinstance(item, Mapping):
                _refuse_unknown(field.schema.fields, item, path)


def claim(conn: Connection, limit: int) -> list[Told]:
    """Lock and give the oldest facts that wait, at most `limit`, in the order of their telling."""
    rows = conn.execute(
        f"SELECT {COLUMNS} FROM outbox WHERE published_at IS NULL"  # noqa: S608 — a constant
        " ORDER BY position LIMIT %s FOR UPDATE SKIP LOCKED",
        [limit],
    )
    return [Told(*row) for row in rows]


def expect_a_backlog(conn: Connection) -> None:
    """Have this session follow the index of what waits, whatever the table's statistics say."""
    # They are gathered while next to nothing waits. The planner then takes a backlog for a few rows and, for every
    # claim, reads and sorts all of it: each batch would cost as much as what is still to come.
    conn.execute("SET enable_sort = off; SET enable_bitmapscan = off; SET enable_seqscan = off")


def mark(conn: Connection, positions: Sequence[int]) -> None:
    """Note that the broker has confirmed these facts."""
    conn.execute(
        "UPDATE outbox SET published_at = %s WHERE published_at IS NULL AND position = ANY(%s)",
        [clock.now(), list(positions)],
    )


def ledger(conn: Connection, since: int) -> Iterator[Told]:
    """Give, in order, the facts after position `since` that have been published; keeps its transaction open."""
    with conn.cursor("ledger") as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM outbox WHERE published_at IS NOT NULL AND position > %s"  # noqa: S608
            " ORDER BY position",
            [since],
        )
        yield from (Told(*row) for row in cursor)


def any_waiting(conn: Connection) -> bool:
    """Tell whether any fact waits; the cheapest question that an idle relay can ask."""
    row = conn.execute("SELECT EXISTS (SELECT FROM outbox WHERE published_at IS NULL)").fetchone()
    return bool(row and row[0])


def waiting(conn: Connection) -> int:
    """Count the facts that wait for the relay."""
    row = conn.execute("SELECT count(*) FROM outbox WHERE published_at IS NULL").fetchone()
    return int(row[0]) if row else 0
