"""The note that an event has been acted on, made in the transaction of its effect."""

from collections.abc import Sequence
from uuid import UUID

from shared import clock
from shared.db import Connection
from shared.events import Message


def note(conn: Connection, queue: str, messages: Sequence[Message]) -> set[UUID]:
    """Note messages that arrived on `queue`; give the ids of those that had not been noted before.

    Waits for another transaction that is acting on one of them. One statement, whatever the number.
    """
    rows = conn.execute(
        "INSERT INTO inbox (tenant_id, queue, event_id, name, received_at)"
        " SELECT tenant_id, %s, event_id, name, %s"
        " FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) AS came (tenant_id, event_id, name)"
        # Always in one order, so that two consumers wait for one another and never in a circle.
        " ORDER BY tenant_id, event_id"
        " ON CONFLICT DO NOTHING RETURNING event_id",
        [
            queue,
            clock.now(),
            [message.tenant_id for message in messages],
            [message.id for message in messages],
            [message.name for message in messages],
        ],
    ).fetchall()
    return {row[0] for row in rows}
