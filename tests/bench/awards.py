"""How fast closed ballots become filings: `python -m tests.bench.awards [ballots]`, real processes, durable servers.

A thousand branches confirm their counts at once; the worker processes of ballot, evaluation and notify do the rest.
Printed: ballots filed per second and as a ratio to the machine's own durable transactions, measured in the same run;
and the time from the confirmed count to the filing when ballots close one after the other (p50, p99).
"""

import os
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from pika import BlockingConnection, URLParameters
from psycopg import sql

from services.ballot.ballot import commands as ballot_commands
from services.ballot.paper import commands as paper
from services.evaluation.election import store as elections
from services.evaluation.election.domain import Election, ElectionState
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Meeting, MeetingState
from shared import clock, migrate
from shared.auth import viewer as viewers
from shared.db import Connection, open_pool
from shared.directory import store as directory
from shared.messaging import topology
from tests import databases, services
from tests.bench.messaging import servers
from tests.kept import ROOT
from tests.university import CONDITIONS, SCHEME, TENANT, University, organization, person, uid

PEOPLE = 8
PLACES = 1
NAMES = ("ballot", "evaluation", "notify")
PERIOD = "2026Q4"


def branch(index: int) -> str:
    return f"zjy/jin/b{index}"


def number(index: int, order: int) -> str:
    return f"B{index}-{order}"


class Bench:
    """Three services on fresh databases, a number of ballots counted and not yet confirmed."""

    def __init__(self, server: str, amqp_url: str, count: int) -> None:
        self.amqp_url, self.count = amqp_url, count
        self.names = {name: f"bench_{name}_{uuid.uuid4().hex[:8]}" for name in NAMES}
        self.server = server
        self.urls = {name: databases.url(server, database) for name, database in self.names.items()}
        self.confirmed: dict[UUID, datetime] = {}

    def __enter__(self) -> "Bench":
        with psycopg.connect(self.server, autocommit=True) as conn:
            for database in self.names.values():
                conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        for name, url in self.urls.items():
            migrate.migrate(url, ROOT / "services" / name / "migrations")
            with psycopg.connect(url) as conn, conn.pipeline():
                self.fill(conn, people=name != "notify")
        return self

    def __exit__(self, *_: object) -> None:
        with psycopg.connect(self.server, autocommit=True) as conn:
            for database in self.names.values():
                conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def fill(self, conn: Connection, *, people: bool) -> None:
        # Nobody wrote a register or held a meeting here: what the system would find in them is left out, so that every
        # winner passes the second verification.
        known = [each for each in CONDITIONS if not each["computed"]]
        University(settings={"eligibility.conditions": known}).fill(conn)
        for index in range(self.count):
            directory.save_organization(conn, TENANT, organization(branch(index), "branch", f"第{index}党支部", ""))
            for order in range(PEOPLE if people else 0):
                facts = person(f"党员{order}", number(index, order), branch(index), order)
                directory.save_person(conn, TENANT, facts)

    def call(self) -> None:
        """Enter the elections in evaluation, and the ballots, opened, closed and counted, in ballot."""
        with psycopg.connect(self.urls["evaluation"]) as conn, conn.pipeline():
            for index in range(self.count):
                meetings.save(conn, meeting(index))
                elections.call(conn, election(index))
        with psycopg.connect(self.urls["ballot"]) as conn:
            for index in range(self.count):
                self._count(conn, index)

    def _count(self, conn: Connection, index: int) -> None:
        called = election(index)
        ballot_commands.call(conn, TENANT, facts_of(called))
        first = viewers.load(conn, TENANT, called.tellers[0], 1, clock.today())
        paper.open_(conn, first, called.id, present=PEOPLE, issued=PEOPLE, secure=True)
        paper.close(conn, first, called.id, returned=PEOPLE)
        votes = [(UUID(row["person_id"]), PEOPLE if not order else 0) for order, row in enumerate(called.candidates)]
        paper.enter(conn, first, called.id, valid=PEOPLE, invalid=0, abstained=0, totals=votes)

    def confirm(self, index: int, conn: Connection) -> None:
        called = election(index)
        with conn.transaction():
            second = viewers.load(conn, TENANT, called.tellers[1], 1, clock.today())
            paper.confirm(conn, second, called.id)
        self.confirmed[called.id] = clock.now()

    def filed(self, least: int) -> dict[UUID, datetime]:
        """Wait until so many awards are filed; give when each ballot's was."""
        with psycopg.connect(self.urls["notify"], autocommit=True) as conn:
            while True:
                rows = conn.execute("SELECT ballot_id, received_at FROM award").fetchall()
                if len(rows) >= least:
                    return dict(rows)
                time.sleep(0.02)

    def _empty(self, queue: str) -> None:
        """Throw away what an earlier run on the same broker left."""
        with BlockingConnection(URLParameters(self.amqp_url)) as connection:
            connection.channel().queue_purge(queue)

    @contextmanager
    def workers(self) -> Iterator[None]:
        """Run the worker processes of the three services."""
        with ExitStack() as stack:
            for name in NAMES:
                events = __import__(f"services.{name}.events", fromlist=["HANDLERS"])
                topology.declare(self.amqp_url, name, events.HANDLERS)
                self._empty(name)
                stack.enter_context(worker(name, self.urls[name], self.amqp_url))
            yield


@contextmanager
def worker(name: str, url: str, amqp_url: str) -> Iterator[None]:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "AMQP_URL": amqp_url,
        "SECRET_KEY": "bench",
        "SESSION_PUBLIC_KEY": services.PUBLIC,
        "DATA_KEYS": services.DATA_KEY,
    }
    command = [sys.executable, "-m", f"services.{name}", "work"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    ready = threading.Event()
    assert process.stdout is not None
    lines = process.stdout

    def read() -> None:
        seen = 0
        for line in lines:
            seen += '"relay_ready"' in line or '"listener_ready"' in line
            if seen >= 2:
                ready.set()

    threading.Thread(target=read, daemon=True).start()
    ready.wait(60)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def meeting(index: int) -> Meeting:
    now = clock.now()
    return Meeting(
        TENANT, uid(f"meeting {index}"), uid(branch(index)), uid("zjy/jin"), PERIOD, "组织生活会", now, "会议室", "",
        MeetingState.OPEN, uid(number(index, 0)), now, "", SCHEME, 1, opened_at=now,
    )  # fmt: skip


def election(index: int) -> Election:
    names = [{"person_id": str(uid(number(index, order))), "name": f"党员{order}", "note": "", "leader": False}
             for order in range(PEOPLE - 2)]  # fmt: skip
    tellers = [uid(number(index, PEOPLE - 2)), uid(number(index, PEOPLE - 1))]
    return Election(
        TENANT, uid(f"election {index}"), uid(f"meeting {index}"), uid(branch(index)), PERIOD, None, "first", "评选",
        "paper", ElectionState.CALLED, names, PLACES, PEOPLE, "8 × 15% = 1.2，四舍五入，取1名", None, False, PEOPLE,
        PEOPLE, tellers, [], "", SCHEME, 1, tellers[0], clock.now(),
    )  # fmt: skip


def facts_of(called: Election) -> dict[str, Any]:
    same = ("follows_id", "reason", "meeting_id", "organization_id", "title", "period", "channel", "places",
            "calculation", "entitled", "present", "tellers", "scheme_id", "scheme_version")  # fmt: skip
    candidates = [{**row, "person_id": UUID(row["person_id"])} for row in called.candidates]
    told = {name: getattr(called, name) for name in same} | {"ballot_id": called.id, "candidates": candidates}
    return {**told, "credentials": [], "secrecy_minimum": 0, "paper_electors": 0}


def reference(url: str, seconds: float = 3) -> float:
    """Durable transactions of one insert each, per second, over one connection: what the machine gives just now."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("CREATE TABLE IF NOT EXISTS reference (tenant_id uuid, value int)")
        begun, done = time.perf_counter(), 0
        while time.perf_counter() - begun < seconds:
            conn.execute("INSERT INTO reference VALUES (%s, %s)", [TENANT, done])
            done += 1
        return done / (time.perf_counter() - begun)


def at_once(bench: Bench, first: int, last: int) -> float:
    with open_pool(bench.urls["ballot"], size=4) as pool, ThreadPoolExecutor(4) as threads:

        def confirm(index: int) -> None:
            with pool.connection() as conn:
                bench.confirm(index, conn)

        begun = time.perf_counter()
        list(threads.map(confirm, range(first, last)))
        bench.filed(last)
        return (last - first) / (time.perf_counter() - begun)


def one_after_another(bench: Bench, last: int) -> list[timedelta]:
    with psycopg.connect(bench.urls["ballot"], autocommit=True) as conn:
        for index in range(last):
            bench.confirm(index, conn)
            time.sleep(0.05)
    filed = bench.filed(last)
    return sorted(filed[ballot_id] - at for ballot_id, at in bench.confirmed.items())


def main(count: int = 1000, paced: int = 200) -> None:
    with servers() as (server, amqp_url), Bench(server, amqp_url, count + paced) as bench:
        bench.call()
        with bench.workers():
            latencies = [each.total_seconds() * 1000 for each in one_after_another(bench, paced)]
            durable = reference(bench.urls["ballot"])
            filed = at_once(bench, paced, count + paced)
    p50, p99 = statistics.median(latencies), latencies[int(len(latencies) * 0.99) - 1]
    print(f"confirmed count → filing, {paced} ballots at 20/s: p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    ratio = f"{filed / durable:.3f} of durable inserts/s ({durable:.0f})"
    print(f"{count} ballots confirmed at once: {filed:.0f} filed/s = {ratio}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
