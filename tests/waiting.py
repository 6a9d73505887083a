"""Two transactions at once: one goes on once the other verifiably waits for its locks."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from shared.db import Connection
from tests import connections

LONG = 30.0
"""Seconds after which a test that waits has failed; nothing hangs on how long it takes."""


@contextmanager
def beside(act: Callable[[], Any]) -> Iterator[list[Any]]:
    """Do something in a thread of its own while the body runs; afterwards the list holds what it gave or raised."""
    given: list[Any] = []

    def run() -> None:
        try:
            given.append(act())
        except Exception as error:
            given.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield given
    thread.join(LONG)
    assert not thread.is_alive()


def until_blocked(url: str, by: Connection, given: list[Any]) -> bool:
    """Wait until somebody waits for a lock of a connection; false where what was done beside ended without waiting."""
    ends = time.monotonic() + LONG
    with connections.open_to(url) as conn:
        conn.autocommit = True
        while time.monotonic() < ends and not given:
            row = conn.execute(
                "SELECT FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", [by.info.backend_pid]
            ).fetchone()
            if row is not None:
                return True
            time.sleep(0.02)
    assert given, "nobody came to wait"
    return False
