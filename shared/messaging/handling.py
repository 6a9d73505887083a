"""Acting on messages within transactions: many in one, or one by one; each effect once."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import psycopg
import structlog

from shared import telemetry
from shared.db import Pool
from shared.messaging import inbox, thread
from shared.messaging.reading import Heard

DOWN = ("08", "53", "57P", "25006")
"""SQLSTATEs that speak of the server and not of the work: no connection, no resources, shutting down, read only."""


class DatabaseDown(Exception):  # noqa: N818
    """The database cannot be reached; nothing is wrong with the messages."""


def handle(pool: Pool, queue: str, heard: Sequence[Heard]) -> int:
    """Act on messages in their order in one transaction; give how many of them were new.

    Raises `DatabaseDown`, or what a handler raised; then nothing has happened.
    """
    try:
        with _tracing(heard), pool.connection() as conn:
            new = inbox.note(conn, queue, [item.message for item in heard])
            count = len(new)
            for item in heard:
                if item.message.id in new:
                    new.discard(item.message.id)
                    _act(conn, item)
        return count
    except psycopg.Error as error:
        if is_down(error):
            raise DatabaseDown from error
        raise


def _tracing(heard: Sequence[Heard]) -> AbstractContextManager[None]:
    return nullcontext() if all(item.traced for item in heard) else telemetry.untraced()


def _act(conn: psycopg.Connection, item: Heard) -> None:
    message = item.message
    ids = {"correlation_id": str(message.correlation_id), "event_id": str(message.id), "event_name": message.name}
    with (
        thread.correlation(message.correlation_id, message.id),
        structlog.contextvars.bound_contextvars(**ids),
        telemetry.span(message.name, parent=item.traceparent),
    ):
        item.handler(conn, message)


def is_down(error: psycopg.Error) -> bool:
    """Tell whether an error means that the server is away, and not that the work was wrong."""
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) and error.sqlstate is None:
        return True
    return bool(error.sqlstate and error.sqlstate.startswith(DOWN))
