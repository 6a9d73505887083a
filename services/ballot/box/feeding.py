"""Wakes the verification workers: tells `ballot.cast` for ballots that wait, in transactions of its own.

What is told says only that something waits, never which ballot: nothing of it stands beside a ballot's own row.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from services.ballot.box import store
from services.ballot.box.domain import Waiting
from services.ballot.box.verifying import AT_ONCE
from shared.db import Connection
from shared.events.ballot import BallotCast
from shared.messaging import tell

WINDOW = timedelta(seconds=2)
"""Who hands in a ballot within it goes into the archive together with the others, in an order of chance."""
LONGEST = timedelta(seconds=60)
"""After so long at most those who still wait are told of again, where no worker does anything."""
MOST = 64
"""Wakings under way for one ballot: more would only lie in the queue."""


@dataclass
class _Round:
    since: datetime
    began: Waiting
    window: timedelta = WINDOW
    told: int = 0

    def moves(self, now: Waiting) -> bool:
        """Say whether some worker did something since: fewer wait, or the archive grew while others came."""
        return now.number < self.began.number or now.records > self.began.records

    def over(self, waiting: Waiting, now: datetime) -> bool:
        """Say whether those who still wait are to be told of again."""
        return now - self.since >= (WINDOW if self.moves(waiting) else self.window)

    def next(self, waiting: Waiting, now: datetime) -> "_Round":
        """Begin anew; where all that was told helped nobody, it is told half as often."""
        idle = self.told > 0 and not self.moves(waiting)
        return _Round(now, waiting, min(2 * self.window, LONGEST) if idle else WINDOW)


@dataclass
class Feeder:
    """Remembers what was told a moment ago; what is forgotten with the process is told again, which does no harm.

    A batch is worth a waking once it is full; fewer ballots wait for company until their window ends, for the chain of
    an archive shows for ever in which order batches came. A box that was closed is emptied at once. While no worker
    runs, wakings grow rare: thousands an hour would only lie in the queue.
    """

    _rounds: dict[UUID, _Round] = field(default_factory=dict)

    def run(self, conn: Connection, now: datetime) -> int:
        """Tell as many wakings as there are batches due; give how many."""
        waiting = store.waiting(conn)
        self._rounds = {each.ballot_id: self._rounds.get(each.ballot_id) or _Round(now, each) for each in waiting}
        return sum(self._feed(conn, each, now) for each in waiting)

    def quietly(self, conn: Connection, now: datetime) -> int:
        """Do the same and say of nothing that it was done: it would be logged with its time, a line for each vote."""
        self.run(conn, now)
        return 0

    def _feed(self, conn: Connection, waiting: Waiting, now: datetime) -> int:
        current = self._rounds[waiting.ballot_id]
        over = current.over(waiting, now)
        # What was told before the close was for others: whoever still waits then is not left to the window's end.
        if over or waiting.closed > current.began.closed:
            current = self._rounds[waiting.ballot_id] = current.next(waiting, now)
        batches, rest = divmod(waiting.number, AT_ONCE)
        wanted = max(min(batches + (rest > 0 and (over or waiting.closed)), MOST) - current.told, 0)
        for _ in range(wanted):
            tell(conn, BallotCast, tenant_id=waiting.tenant_id, subject=waiting.ballot_id, ballot_id=waiting.ballot_id)
        current.told += wanted
        return wanted
