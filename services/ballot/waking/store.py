"""Every SQL statement on the wakings of workers: once they have served they are taken away, with their times."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.db import Connection
from shared.events.ballot import BallotCast

QUEUE = "ballot.verify"
KEPT = timedelta(minutes=1)
"""How long a waking that was heard is known, so that one that comes twice is passed over; a third does no harm."""


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


def forget_served(conn: Connection, now: datetime) -> int:
    """Take away all wakings that were told and heard a while ago: a box may be open for thirty days.

    One that an operator discarded as a dead letter goes likewise: it woke nobody, and no vote depends on it.
    Gives 0, so that nothing is logged of it: that, too, would say when somebody voted.
    """
    conn.execute("DELETE FROM outbox WHERE name = 'ballot.cast' AND published_at < %s", [now - KEPT])
    conn.execute("DELETE FROM inbox WHERE queue = 'ballot.verify' AND received_at < %s", [now - KEPT])
    conn.execute("DELETE FROM discarded WHERE name = 'ballot.cast' AND discarded_at < %s", [now - KEPT])
    return 0
