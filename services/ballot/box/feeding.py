"""Wakes the verification workers: tells `ballot.cast` for ballots that wait, in transactions of its own.

What is told says only that something waits, never which ballot: nothing of it stands beside a ballot's own row.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from services.ballot.box import store
from services.ballot.box.verifying import AT_ONCE
from shared.db import Connection
from shared.events.ballot import BallotCast
from shared.messaging import tell

AGAIN = timedelta(seconds=1)
MOST = 32
"""Wakings under way for one ballot: more would only lie in the queue."""


@dataclass
class _Round:
    since: datetime
    told: int = 0


@dataclass
class Feeder:
    """Remembers what was told a moment ago; what is forgotten with the process is told again, which does no harm."""

    _rounds: dict[UUID, _Round] = field(default_factory=dict)

    def run(self, conn: Connection, now: datetime) -> int:
        """Tell as many wakings as there are batches waiting; give how many."""
        waiting = store.waiting(conn)
        self._rounds = {ballot_id: self._rounds.get(ballot_id) or _Round(now) for _, ballot_id, _ in waiting}
        return sum(self._feed(conn, tenant_id, ballot_id, number, now) for tenant_id, ballot_id, number in waiting)

    def quietly(self, conn: Connection, now: datetime) -> int:
        """Do the same and say of nothing that it was done: it would be logged with its time, a line for each vote."""
        self.run(conn, now)
        return 0

    def _feed(self, conn: Connection, tenant_id: UUID, ballot_id: UUID, number: int, now: datetime) -> int:
        current = self._rounds[ballot_id]
        if now - current.since >= AGAIN:
            current = self._rounds[ballot_id] = _Round(now)
        wanted = min(-(-number // AT_ONCE), MOST) - current.told
        for _ in range(wanted):
            tell(conn, BallotCast, tenant_id=tenant_id, subject=ballot_id, ballot_id=ballot_id)
        current.told += max(wanted, 0)
        return max(wanted, 0)
