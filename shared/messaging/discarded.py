"""What operators discarded of a service's dead letters: kept whole in that service's own database.

Bodies may name people, as those of the outbox beside them do; nothing reads them but the operator's command.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared import clock
from shared.db import Connection
from shared.messaging.consumer import dead
from shared.messaging.consumer.dead import DeadLetter

NOBODY = UUID(int=0)
"""In place of the university where a message is no event that can be read."""


@dataclass(frozen=True)
class Discarded:
    """One letter as it was written down."""

    service: str
    tenant_id: UUID
    digest: str
    body: bytes
    around: str
    reason: str
    discarded_by: str
    discarded_at: datetime
    returned_at: datetime | None

    @property
    def letter(self) -> DeadLetter:
        """Give the letter as it lay in the queue; it can be sent, not dropped."""
        return dead.recalled(self.body, self.around, self.service)


def keep(conn: Connection, letter: DeadLetter, *, reason: str, by: str) -> None:
    """Write a letter down; one that is written down already stays as it is, unless it was sent back meanwhile."""
    conn.execute(
        "INSERT INTO discarded (tenant_id, digest, letter_id, name, cause, body, around, reason, discarded_by,"
        " discarded_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (tenant_id, digest) DO UPDATE SET reason = excluded.reason,"
        " discarded_by = excluded.discarded_by, discarded_at = excluded.discarded_at, returned_at = NULL"
        " WHERE discarded.returned_at IS NOT NULL",
        [
            letter.envelope.tenant_id if letter.envelope else NOBODY, letter.digest, letter.id, letter.name,
            letter.reason, letter.body, letter.around, dead.legible(reason), dead.legible(by), clock.now(),
        ],
    )  # fmt: skip


def find(conn: Connection, service: str, prefix: str) -> list[Discarded]:
    """Give the letters whose handle begins so, the oldest discard first; locked, for one operator to send back."""
    rows = conn.execute(
        "SELECT tenant_id, digest, body, around, reason, discarded_by, discarded_at, returned_at FROM discarded"
        " WHERE starts_with(letter_id, %s) ORDER BY discarded_at, digest FOR UPDATE",
        [dead.legible(prefix)],
    )
    return [Discarded(service, *row) for row in rows]


def note_return(conn: Connection, row: Discarded) -> None:
    """Note that a letter lies on its queue again."""
    conn.execute(
        "UPDATE discarded SET returned_at = %s WHERE tenant_id = %s AND digest = %s",
        [clock.now(), row.tenant_id, row.digest],
    )
