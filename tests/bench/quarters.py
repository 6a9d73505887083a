"""How many quarters a minute a whole system carries: `python -m tests.bench.quarters [quarters]`, one after another.

Printed beside the rate of plain pages through the same gateway in the same run, so that runs can be compared.
"""

import os
import sys
import time
from pathlib import Path

import requests

from infra.local.system import started
from tests.system import ROOT, System


def pages(base: str, seconds: float = 3) -> float:
    """First pages per second, one after another, without signing in: what the machine gives just now."""
    with requests.Session() as session:
        begun, done = time.perf_counter(), 0
        while time.perf_counter() - begun < seconds:
            session.get(f"{base}/", timeout=10).raise_for_status()
            done += 1
        return done / (time.perf_counter() - begun)


def main(count: int = 5) -> None:
    var = Path(os.environ.get("TEST_SYSTEM_VAR", ROOT / "var" / "bench-system"))
    with started(var) as environment:
        system = System(var, environment)
        reference = pages(system.base)
        begun = time.perf_counter()
        for _ in range(count):
            played = system.quarter()
            if played.returncode:
                sys.exit(played.stdout + played.stderr)
        each = (time.perf_counter() - begun) / count
    print(
        f"{60 / each:.1f} quarters a minute, one after another; one takes {each:.1f} s = {each * reference:.0f} pages"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
