"""Runs what time makes due, batch after batch, and rests when nothing is."""

from collections.abc import Sequence
from threading import Event as Signal

from shared import clock, log, telemetry
from shared.db import Pool
from shared.messaging.hearing import Deadline

REST = 2.0
AT_ONCE = 1000
"""Batches of one deadline in a row, before the others have their turn."""


def run(deadlines: Sequence[Deadline], pool: Pool, stop: Signal) -> None:
    """Run deadlines until `stop` is set; one that fails is logged and runs again, and holds up no other."""
    while not stop.is_set():
        for deadline in deadlines:
            _run_one(deadline, pool, stop)
        stop.wait(REST)


def _run_one(deadline: Deadline, pool: Pool, stop: Signal) -> None:
    """Run one deadline while it finds work."""
    try:
        for _ in range(AT_ONCE):
            if stop.is_set() or not once(deadline, pool):
                break
    except Exception:  # a defect of one deadline must not end the process, and its transaction is undone
        telemetry.FAILED.labels(deadline.name).inc()
        log.get().warning("deadline_failed", deadline=deadline.name, exc_info=True)


def once(deadline: Deadline, pool: Pool) -> int:
    """Run one batch of a deadline in a transaction; give how many items it handled."""
    with telemetry.span(f"deadline {deadline.name}"), pool.connection() as conn:
        done = deadline.run(conn, clock.now())
    if done:
        telemetry.DUE.labels(deadline.name).inc(done)
        log.get().info("deadline_handled", deadline=deadline.name, count=done)
    return done
