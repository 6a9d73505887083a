"""Processes that are started again when they die, as the supervisor does; and servers of one test's own to kill."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from infra.local import supervisor, testnodes
from tests.trial import Trial, until

ROOT = Path(__file__).parent.parent


class Kept:
    """One worker process of a trial, started again whenever it ends."""

    def __init__(self, trial: Trial, only: str = "") -> None:
        given = {"database_url": trial.database_url, "amqp_url": trial.amqp_url, "name": trial.name}
        self._command = [sys.executable, "-m", "tests.trial", json.dumps(given), only]
        self.starts = 0
        self.ready = 0
        self.code: int | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> "Kept":
        self._thread.start()
        until(lambda: self.starts)
        return self

    def __exit__(self, *_: object) -> None:
        """End it politely, once it is there to hear; `code` is then what it ended with."""
        until(lambda: self.ready == self.starts)
        self._stopping = True
        self._process.send_signal(signal.SIGTERM)
        self._thread.join(40)

    def kill(self) -> None:
        """Kill it with SIGKILL, and return when another one is there."""
        before = self.starts
        self._process.kill()
        until(lambda: self.starts > before)

    def _keep(self) -> None:
        while not self._stopping:
            self._process = subprocess.Popen(self._command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
            self.starts += 1
            assert self._process.stdout is not None
            with self._process.stdout as lines:
                for line in lines:
                    self.ready = self.starts if '"worker_started"' in line else self.ready
            self.code = self._process.wait()


class Servers:
    """PostgreSQL and RabbitMQ under a supervisor of their own."""

    def __init__(self, name: str, urls: dict[str, str]) -> None:
        self.database_url = urls["TEST_DATABASE_URL"]
        self.amqp_url = urls["TEST_AMQP_URL"]
        self._layout = testnodes._layout(testnodes.PARENT / name)

    def kill(self, server: str) -> None:
        """Kill the server (`postgres`, `beam.smp`) with SIGKILL; the supervisor starts it again."""
        running = [each.pid for each in supervisor.programs(self._layout) if each.pid]
        heads = [process for pid in running for process in _tree(pid) if _heads(process, server)]
        assert heads, f"{server} is not running"
        for process in heads:
            process.kill()
        for process in heads:
            psutil.wait_procs([process], timeout=10)


def _tree(pid: int) -> list[psutil.Process]:
    """Give a process with all below it; nothing of one that ended since it was listed."""
    try:
        head = psutil.Process(pid)
        return [head, *head.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _heads(process: psutil.Process, server: str) -> bool:
    """Whether it is the server's first process; one that ended since it was listed (a worker of PostgreSQL) is not."""
    try:
        above = process.parent()
        return process.name() == server and (above is None or above.name() != server)
    except psutil.NoSuchProcess:
        return False


@contextmanager
def own_servers() -> Iterator[Servers | None]:
    """Start servers that a test may kill; give nothing where they are not installed."""
    if not testnodes.available():
        yield None
        return
    name = f"faults-{os.getpid()}"
    try:
        yield Servers(name, testnodes.start(name, durable=True))
    finally:
        testnodes.stop(name)
