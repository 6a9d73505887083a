"""Every SQL statement on the wakings of workers: they have served when a box is sealed, and their times with them."""

from uuid import UUID

from shared.db import Connection
from shared.events.ballot import BallotCast

QUEUE = "ballot.verify"


def forget(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> None:
    """Take away when wakings for a ballot were told and heard: one by one they say when somebody voted."""
    rows = conn.execute(
        "DELETE FROM outbox WHERE tenant_id = %s AND name = %s AND subject = %s RETURNING id",
        [tenant_id, BallotCast.event_name, str(ballot_id)],
    ).fetchall()
    conn.execute(
        "DELETE FROM inbox WHERE tenant_id = %s AND queue = %s AND event_id = ANY(%s)",
        [tenant_id, QUEUE, [row[0] for row in rows]],
    )
