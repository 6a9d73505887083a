"""Connections of tests' own to their databases, kept from one use to the next: the server starts a process for each."""

import atexit
from collections import defaultdict
from types import TracebackType

import psycopg
from psycopg.rows import TupleRow

from shared.db import Connection

_SPARE: dict[str, list["Kept"]] = defaultdict(list)


class Kept(psycopg.Connection[TupleRow]):
    """A connection whose `with` ends as every one's does, but leaves it open for the next."""

    url: str = ""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or roll back on an exception."""
        if self.closed or self.autocommit:
            super().__exit__(kind, fault, trace)
            return
        (self.rollback if kind else self.commit)()
        _SPARE[self.url].append(self)


def open_to(url: str) -> Connection:
    """Give a connection for one `with`: a spare one, or a new one."""
    spare = _SPARE[url]
    while spare:
        if not (found := spare.pop()).closed:
            return found
    made = Kept.connect(url)
    made.url = url
    return made


def to_server(url: str) -> Connection:
    """Give the one connection on which databases are made and dropped; each statement commits by itself."""
    spare = _SPARE[url]
    if not spare or spare[0].closed:
        spare[:] = [Kept.connect(url, autocommit=True)]
        atexit.register(close, url)
    return spare[0]


def close(url: str) -> None:
    """Close what is kept for a database."""
    for each in _SPARE.pop(url, []):
        each.close()
