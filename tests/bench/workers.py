"""How fast one and two workers verify what waits in a box: `python -m tests.bench.workers [ballots] [candidates]`.

Real processes on a private PostgreSQL and RabbitMQ, and nothing else on the machine if you can help it: no trustee
follows the archive. The ballots lie before their boxes, the workers stand and hear nothing; then the process starts
that wakes them, and the time counts from the first batch in the archive to the last. One, two, one, two: the machine
drifts.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from services.ballot.box import store
from services.ballot.box.domain import Pending
from services.ballot.box.verifying import AT_ONCE
from services.ballot.protocol import ballot as protocol
from services.ballot.protocol.election import parse
from shared import clock
from tests import databases, services
from tests.bench._cpu import cpu, sessions
from tests.integration.ballot.boxes import Voted, electronic
from tests.servers import private_nodes
from tests.university import University, uid

ROUNDS = (1, 2, 1, 2)
PATIENCE = 120


class Pace(NamedTuple):
    """How fast a round went, and the CPU milliseconds that a ballot cost the workers and the server."""

    rate: float
    workers: float
    database: float

    def __str__(self) -> str:
        return f"{self.rate:.1f}/s, {self.workers:.1f} ms of CPU each, {self.database:.1f} in the database"


class Bench:
    """A database and a broker of our own, and processes of ballot on them."""

    def __init__(self, url: str, amqp_url: str, folder: Path) -> None:
        key = folder / "key.pem"
        key.write_text(services.PUBLIC)
        self.url = url
        self.given = {
            **{"BALLOT_DATABASE_URL": url, "AMQP_URL": amqp_url, "SECRET_KEY": "bench"},
            **{"SESSION_PUBLIC_KEY_FILE": str(key), "DATA_KEYS": services.DATA_KEY},
        }
        self.ballot("migrate").wait(60)
        self.asking = psycopg.connect(url, autocommit=True)

    def ballot(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a process of the service."""
        command = [sys.executable, "-m", "services.ballot", *words]
        return subprocess.Popen(command, env=os.environ | self.given, stdout=subprocess.DEVNULL)

    @contextmanager
    def standing(self, number: int, *words: str) -> Iterator[list[int]]:
        """Let so many processes work, each of which has reached the database; give their pids."""
        before = len(sessions(self.url))
        running = [self.ballot("work", *words) for _ in range(number)]
        try:
            until(lambda: len(sessions(self.url)) >= before + number)
            yield [each.pid for each in running]
        finally:
            for each in running:
                each.terminate()
            for each in running:
                each.wait(30)

    def round(self, voted: Voted, number: int, workers: int) -> Pace:
        """Let workers verify what lies before a box."""
        with self.standing(workers, "--only", "verify") as pids, self.standing(1, "--except", "verify"):
            few = AT_ONCE * workers
            until(lambda: self.accepted(voted) >= few)
            asked = sessions(self.url)
            first, began, busy, served = self.accepted(voted), time.perf_counter(), cpu(pids), cpu(asked)
            until(lambda: self.accepted(voted) == number)
            seconds, done = time.perf_counter() - began, number - first
            return Pace(done / seconds, 1000 * (cpu(pids) - busy) / done, 1000 * (cpu(asked) - served) / done)

    def accepted(self, voted: Voted) -> int:
        """Count the ballots in the archive."""
        row = self.asking.execute("SELECT count(*) FROM accepted_ballot WHERE ballot_id = %s", [voted.id]).fetchone()
        return row[0] if row else 0


def until(true: Callable[[], object]) -> None:
    """Wait until something is true."""
    began = time.perf_counter()
    while not true():
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit("it has not become true")
        time.sleep(0.02)


def make(election: str, codes: list[str], candidates: int) -> list[str]:
    """Encrypt a ballot for each credential."""
    read = parse(election)
    return [protocol.make(read, code, [[0, 1, *[0] * (candidates - 1)]]) for code in codes]


def filled(service: services.Service, makers: Executor, number: int, candidates: int) -> Voted:
    """Give an open box before which a ballot of every elector waits."""
    names = [{"person_id": uid(f"C{at}"), "name": f"候选人{at}", "note": ""} for at in range(candidates)]
    hall: dict[str, Any] = {"entitled": number, "present": number, "candidates": names}
    voted = electronic(service, number, **hall).begin(present=number)
    box = voted.facts()
    parts = [voted.codes[at::2] for at in range(2)]
    made = [body for part in makers.map(make, [box.election.text] * 2, parts, [candidates] * 2) for body in part]
    with service.connect() as conn:
        for body in made:
            ballot = protocol.read(box.election, body, box.credentials)
            store.receive(conn, box, Pending(ballot.credential, ballot.tracker, body), at=clock.now())
    return voted


def main(number: int = 240, candidates: int = 20) -> None:
    """Fill a box for each round, then let one and two workers empty them in turn."""
    with (
        private_nodes() as nodes,
        databases.fresh(nodes["TEST_DATABASE_URL"], {}) as urls,
        databases.filled(urls, University()) as start,
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(2) as makers,
    ):
        bench = Bench(urls("ballot"), nodes["TEST_AMQP_URL"], Path(folder))
        found: dict[int, list[Pace]] = {1: [], 2: []}
        for workers in ROUNDS:
            voted = filled(start("ballot"), makers, number, candidates)
            found[workers].append(bench.round(voted, number, workers))
            print(f"{workers} at work: {found[workers][-1]}, load {os.getloadavg()[0]:.1f}")
    one, two = (sum(each.rate for each in found[workers]) / 2 for workers in (1, 2))
    alone, both = (sum(each.workers for each in found[workers]) for workers in (1, 2))
    print(
        f"{candidates} candidates, {number} ballots: two give {two / one:.2f} times what one gives;"
        f" by the CPU time of a ballot they would give {2 * alone / both:.2f} on two free cores"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
