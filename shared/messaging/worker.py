"""One process of a service that does what nobody waits for: listens, relays, and does what time makes due."""

import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event as Signal

from shared import answered, log, telemetry
from shared.config import Config
from shared.db import Pool, open_pool
from shared.messaging import deadlines as due
from shared.messaging import topology
from shared.messaging.consumer.listener import Listener
from shared.messaging.hearing import Deadline, Errand, Handlers
from shared.messaging.relay import Relay

PARTS = ("consume", "relay", "deadlines")
FORGET = Deadline("forget_answers", answered.forget, every=600.0)
"""What every service does besides its own."""
LAST_BREATH = 20.0
"""Seconds that the parts have to finish what they hold."""


def run(
    config: Config,
    handlers: Handlers,
    deadlines: Sequence[Deadline | Errand],
    *,
    only: str | None = None,
    without: str | None = None,
    extra: Mapping[str, Handlers] | None = None,
) -> None:
    """Work until SIGTERM or SIGINT, then finish what is held and return.

    `extra` are further queues of this service for heavy work, message by message: `ballot.verify` is a part with the
    word `verify` beside those in `PARTS`. `only` names one part, `without` one that another process does.
    Raises `ValueError` for a word that names no part, and `SystemExit(1)` if a part ended by itself or did not end
    when told.
    """
    words = (*PARTS, *(_word(config.service, queue) for queue in extra or {}))
    if not {only, without} <= {None, *words}:
        raise ValueError(f"parts: {', '.join(words)}")
    log.configure(config.service, f"work-{only}" if only else "work")
    telemetry.configure(config.service, "work")
    stop = Signal()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    pool = open_pool(config.database_url, size=len(extra or ()) + 3)
    try:
        ready = parts(config, pool, handlers, deadlines, extra or {}, stop)
        wanted = {word: part for word, part in ready.items() if only in (None, word) and word != without}
        with telemetry.served(config.metrics_bind):
            _supervise(wanted, stop, config.heartbeat)
    finally:
        pool.close(timeout=1)


def parts(
    config: Config,
    pool: Pool,
    handlers: Handlers,
    deadlines: Sequence[Deadline | Errand],
    extra: Mapping[str, Handlers],
    stop: Signal,
) -> dict[str, Callable[[], None]]:
    """Give what this process can do, by its word: each runs until `stop` is set."""
    plan = topology.plan(config.service, handlers, extra)
    relay = Relay(
        config.service,
        config.database_url,
        config.amqp_url,
        lambda: topology.declare(config.amqp_url, config.service, handlers, extra, wait=0),
    )
    found: dict[str, Callable[[], None]] = {
        "relay": lambda: relay.run(stop),
        "deadlines": lambda: due.run([*deadlines, FORGET], pool, stop),
    }
    for queue, heard in {config.service: handlers, **extra}.items():
        size = 1 if queue in extra else 0
        listener = Listener(
            config.amqp_url, pool, plan, heard, service=config.service, queue=queue, stop=stop, batch=size
        )
        found[_word(config.service, queue)] = listener.listen
    return found


def _word(service: str, queue: str) -> str:
    """Give the word by which a process is told to hear this queue."""
    return "consume" if queue == service else queue.removeprefix(f"{service}.")


def _supervise(wanted: Mapping[str, Callable[[], None]], stop: Signal, heartbeat: Path | None = None) -> None:
    failed: list[str] = []

    def guard(name: str, part: Callable[[], None]) -> None:
        try:
            part()
        except BaseException:  # whatever it was, the process must end so that it is started anew
            log.get().error("part_died", part=name, exc_info=True)
        finally:
            if not stop.is_set():
                failed.append(name)
                stop.set()

    threads = [threading.Thread(target=guard, args=item, name=item[0], daemon=True) for item in wanted.items()]
    for thread in threads:
        thread.start()
    log.get().info("worker_started", parts=sorted(wanted))
    _beat(heartbeat)
    while not stop.wait(1.0):
        _beat(heartbeat)
    for thread in threads:
        thread.join(LAST_BREATH)
    stuck = [thread.name for thread in threads if thread.is_alive()]
    log.get().info("worker_stopped", failed=failed, stuck=stuck)
    if failed or stuck:
        sys.exit(1)


def _beat(heartbeat: Path | None) -> None:
    """Show that all parts run: who watches finds the file old soon after one died or the process hangs."""
    if heartbeat is not None:
        with suppress(OSError):  # a full disk must not end the work
            heartbeat.touch()
