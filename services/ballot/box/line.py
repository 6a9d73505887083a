"""The door's own connections to the database: one statement for each ballot, committed by itself, in one round trip."""

from datetime import datetime

import psycopg
from psycopg_pool import ConnectionPool

from services.ballot.box import store
from services.ballot.box.domain import Facts, Pending
from shared import telemetry


class Line:
    """A few connections that nobody asks beforehand whether they still live, and on which nothing is ever begun."""

    def __init__(self, url: str, *, size: int) -> None:
        """Take the database's address and how many ballots may be on their way at once."""
        self._pool = ConnectionPool(url, min_size=0, max_size=size, timeout=10, open=True, kwargs={"autocommit": True})

    def receive(self, box: Facts, pending: Pending, *, at: datetime, allowed: bool) -> str:
        """Put a ballot before a box, as `store.receive` says; it stands there once this returns.

        After a connection that had died, another is tried: the same ballot twice has one effect.
        """
        try:
            return self._once(box, pending, at, allowed)
        except psycopg.OperationalError:
            return self._once(box, pending, at, allowed)

    def where(self, box: Facts, tracker: str) -> tuple[str, str]:
        """Say where a ballot is, as `store.where` does."""
        with telemetry.untraced(), self._pool.connection() as conn:
            return store.where(conn, box.ballot_id, tracker)

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _once(self, box: Facts, pending: Pending, at: datetime, allowed: bool) -> str:
        with telemetry.untraced(), self._pool.connection() as conn:
            return store.receive(conn, box, pending, at=at, allowed=allowed)
