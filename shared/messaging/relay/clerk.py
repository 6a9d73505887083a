"""The relay's work beside the broker, done on a second thread while the broker is busy with a batch.

Two connections take turns: while the batch claimed on one is being sent, the batch before it is marked on the other and
the next is claimed there and put into envelopes. What one has locked the other skips.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import NamedTuple, Self

import psycopg
from psycopg.pq import TransactionStatus

from shared.db import Connection
from shared.messaging import outbox
from shared.messaging.relay.letters import Letter, letter

BATCH = 2000


class Batch(NamedTuple):
    """Facts that were claimed, ready to send; the two lists go side by side."""

    positions: list[int]
    letters: list[Letter]


class Clerk:
    """Claims and marks on two connections in autocommit mode; use it as a context manager."""

    def __init__(self, first: Connection, second: Connection, service: str) -> None:
        self._at_hand, self._resting = first, second
        self._service = service
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="relay-clerk")
        self._ahead: Future[Batch] = Future()

    def __enter__(self) -> Self:
        """Claim the first batch."""
        for conn in (self._at_hand, self._resting):
            outbox.expect_a_backlog(conn)
        self.turn([])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what is being done; a batch that was claimed and not sent is let go with the connection."""
        self._thread.shutdown()

    def turn(self, sent: Sequence[int]) -> None:
        """Begin to mark `sent`, the positions confirmed of the batch before the last, and to claim the next batch."""
        self._at_hand, self._resting = self._resting, self._at_hand
        self._ahead = self._thread.submit(_turn, self._at_hand, sent, self._service)

    def batch(self) -> Batch:
        """Give the batch that is being claimed; what the database raised is raised here."""
        return self._ahead.result()

    def finish(self, sent: Sequence[int]) -> None:
        """Mark what was sent of the last batch, when no other turn is to follow."""
        self.batch()
        _settle(self._resting, sent)


def _turn(conn: Connection, sent: Sequence[int], service: str) -> Batch:
    _settle(conn, sent)
    if not outbox.any_waiting(conn):
        return Batch([], [])
    conn.execute("BEGIN")
    facts = outbox.claim(conn, BATCH)
    return Batch([told.position for told in facts], [letter(told, service) for told in facts])


def _settle(conn: psycopg.Connection, sent: Sequence[int]) -> None:
    """End the transaction in which a batch was claimed; what was not sent of it is free again."""
    if conn.info.transaction_status != TransactionStatus.IDLE:
        if sent:
            outbox.mark(conn, sent)
        conn.execute("COMMIT")
