"""Runs what time makes due, batch after batch, and rests when nothing is."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from threading import Event as Signal

from shared import clock, log, telemetry
from shared.db import Connection, Pool
from shared.messaging.hearing import REST, Deadline, Errand

AT_ONCE = 1000
"""Batches of one deadline in a row, before the others have their turn."""
SHARE = 5.0
"""A deadline rests at least so many times as long as it looked, but never longer than `REST` because of it."""


def run(deadlines: Sequence[Deadline | Errand], pool: Pool, stop: Signal) -> None:
    """Run deadlines until `stop` is set; one that fails is logged and runs again, and holds up no other."""
    due = dict.fromkeys(range(len(deadlines)), 0.0)
    while not stop.is_set():
        for number, deadline in enumerate(deadlines):
            if due[number] <= time.monotonic():
                took = _run_one(deadline, pool, stop)
                due[number] = time.monotonic() + rest(deadline.every, took)
        stop.wait(max(0.0, min(due.values(), default=time.monotonic() + REST) - time.monotonic()))


def rest(every: float, took: float) -> float:
    """Give the seconds of rest after a search that took so long: one that is dear is not made all the time."""
    return max(every, min(SHARE * took, REST))


def _run_one(deadline: Deadline | Errand, pool: Pool, stop: Signal) -> float:
    """Run one deadline while it finds work; give the seconds that its last batch took."""
    began = time.monotonic()
    try:
        for _ in range(AT_ONCE):
            began = time.monotonic()
            if stop.is_set() or not once(deadline, pool):
                break
    except Exception:  # a defect of one deadline must not end the process, and its transaction is undone
        telemetry.FAILED.labels(deadline.name).inc()
        log.get().warning("deadline_failed", deadline=deadline.name, exc_info=True)
    return time.monotonic() - began


def once(deadline: Deadline | Errand, pool: Pool) -> int:
    """Run one batch of a deadline; give how many items it handled."""
    silent = isinstance(deadline, Deadline) and not deadline.traced
    with telemetry.untraced() if silent else telemetry.span(f"deadline {deadline.name}"):
        done = perform(deadline, pool.connection, clock.now())
    if done:
        telemetry.DUE.labels(deadline.name).inc(done)
        log.get().info("deadline_handled", deadline=deadline.name, count=done)
    return done


def perform(
    deadline: Deadline | Errand, connection: Callable[[], AbstractContextManager[Connection]], now: datetime
) -> int:
    """Do one batch: a deadline in one transaction; an errand claimed in one, done outside, noted in another."""
    if isinstance(deadline, Deadline):
        with connection() as conn:
            return deadline.run(conn, now)
    with connection() as conn:
        claimed = deadline.claim(conn, now)
    if claimed:
        results = deadline.go(claimed)
        with connection() as conn:
            deadline.note(conn, results, now)
    return len(claimed)
