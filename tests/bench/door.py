"""How many ballots the door accepts a second: `TEST_DATABASE_URL=… python -m tests.bench.door [ballots] [candidates]`.

A real gunicorn with two workers on a fresh database; wrk (a program in C) posts ballots made beforehand, each once. The
CPU seconds of the web processes and of their database sessions are given for each accepted ballot, since the machine
may have other work.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services.ballot.protocol import ballot as protocol
from services.ballot.protocol.election import parse
from tests import databases, services
from tests.bench._cpu import children, cpu, sessions
from tests.integration.ballot.boxes import Voted, electronic
from tests.university import University, uid

PORT = int(os.environ.get("BENCH_PORT", "8139"))
SCRIPT = """
local bodies, next_one, idle = {}, nil, false
for line in io.lines(os.getenv("BALLOTS")) do bodies[#bodies + 1] = line end
local threads = 0
function setup(thread) thread:set("first", threads); threads = threads + 1; thread:set("step", 2) end
function delay() return idle and 5000 or 0 end
function request()
  if not next_one then  -- wrk may throw its first request away
    next_one = first + 1
    return wrk.format("GET", "/healthz")
  end
  local body = bodies[next_one]
  next_one = next_one + step
  if not body then
    idle = true
    return wrk.format("GET", "/healthz")
  end
  return wrk.format("POST", os.getenv("BOX"), {["Content-Type"] = "application/json"}, body)
end
"""


def make(election: str, codes: list[str], candidates: int) -> list[str]:
    """Encrypt a ballot for each credential."""
    read = parse(election)
    return [protocol.make(read, code, [[0, 1, *[0] * (candidates - 1)]]) for code in codes]


@contextmanager
def door(url: str) -> Iterator[int]:
    """Run the real web process; give its pid."""
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder) / "key.pem"
        key.write_text(services.PUBLIC)
        given = {
            **{"BALLOT_DATABASE_URL": url, "AMQP_URL": "amqp://nobody", "SECRET_KEY": "bench"},
            **{"SESSION_PUBLIC_KEY_FILE": str(key), "DATA_KEYS": services.DATA_KEY, "WEB_WORKERS": "2"},
            **{"BIND": f"127.0.0.1:{PORT}", "WEB_THREADS": "4"},
        }
        command = [sys.executable, "-m", "services.ballot", "web"]
        with subprocess.Popen(command, env=os.environ | given, stdout=subprocess.DEVNULL) as web:
            try:
                yield web.pid
            finally:
                web.terminate()
                web.wait(30)


def received(voted: Voted) -> int:
    """Count the ballots that stand durably before the box."""
    with voted.service.connect() as conn:
        row = conn.execute("SELECT count(*) FROM pending_ballot").fetchone()
    return row[0] if row else 0


@contextmanager
def posting(voted: Voted, bodies: Path, script: Path) -> Iterator[None]:
    """Let wrk post the ballots, sixteen at a time, until the block ends."""
    command = ["wrk", "-t2", "-c16", "-d60s", "-s", str(script), f"http://127.0.0.1:{PORT}"]
    environment = os.environ | {"BALLOTS": str(bodies), "BOX": voted.box}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as wrk:
        try:
            yield
        finally:
            wrk.kill()


def all_received(voted: Voted, wanted: int) -> float:
    """Wait until so many ballots stand before the box; give the seconds that it took."""
    began = time.perf_counter()
    while received(voted) < wanted:
        if time.perf_counter() - began > 60:
            raise SystemExit(f"the door took {received(voted)} of {wanted} within a minute")
        time.sleep(0.02)
    return time.perf_counter() - began


def measure(voted: Voted, bodies: list[str], folder: Path) -> dict[str, float]:
    """Warm the door up with a fifth of the ballots, post the rest; give rate and CPU milliseconds for each."""
    warm = len(bodies) // 5
    script, first, rest = (folder / name for name in ("post.lua", "warm", "rest"))
    script.write_text(SCRIPT)
    first.write_text("\n".join(bodies[:warm]))
    rest.write_text("\n".join(bodies[warm:]))
    with door(voted.service.url) as master:
        wait()
        with posting(voted, first, script):
            all_received(voted, warm)
        web, database = children(master), sessions(voted.service.url)
        before = cpu(web), cpu(database)
        with posting(voted, rest, script):
            seconds = all_received(voted, len(bodies))
            after = cpu(web), cpu(database)
    number = len(bodies) - warm
    each = [1000 * (late - early) / number for early, late in zip(before, after, strict=True)]
    return {"a second": number / seconds, "web ms": each[0], "database ms": each[1]}


def wait() -> None:
    """Wait until the door answers."""
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the door does not open")


def main(number: int, candidates: int) -> None:
    """Make an election and its ballots, measure, print."""
    names = [{"person_id": uid(f"C{at}"), "name": f"候选人{at}", "note": ""} for at in range(candidates)]
    hall: dict[str, Any] = {"entitled": number, "present": number, "candidates": names}
    with (
        databases.fresh(os.environ["TEST_DATABASE_URL"], {}) as urls,
        databases.filled(urls, University()) as start,
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(2) as makers,
    ):
        voted = electronic(start("ballot"), number, **hall).begin(present=number)
        parts = [voted.codes[at::2] for at in range(2)]
        made = makers.map(make, [voted.facts().election.text] * 2, parts, [candidates] * 2)
        bodies = [body for part in made for body in part]
        figures = measure(voted, bodies, Path(folder))
    told = ", ".join(f"{name} {value:.2f}" for name, value in figures.items())
    print(f"{candidates} candidates, {len(bodies[0])} bytes, load {os.getloadavg()[0]:.1f}: {told}")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 10,
    )
