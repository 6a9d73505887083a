"""How fast one and two workers verify what waits in a box: `python -m tests.bench.workers [ballots] [candidates]`.

Real processes (`work --only verify`) in a whole system: the ballots lie before the box, then the workers start, and the
time counts from the first ballot in the archive to the last.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from infra.local import services
from tests.bench._boxes import Box, open_one, standing, until
from tests.system import ROOT, System

PROGRAM = "ballot-verify"


@contextmanager
def workers(system: System, number: int) -> Iterator[None]:
    """Run so many verification workers, and nothing that is left of them afterwards."""
    environment = {**os.environ, **services.environment(system.layout, "ballot", "work")}
    command = services.command("services.ballot", "work", "--only", "verify")
    running = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(number)
    ]
    try:
        yield
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait(30)


def verified(box: Box, number: int, few: int) -> float:
    """Give ballots per second between the first few in the archive and the last."""
    until(lambda: box.accepted() >= few)
    before, began = box.accepted(), time.perf_counter()
    until(lambda: box.accepted() == number)
    return (number - before) / (time.perf_counter() - began)


def main(number: int = 160, candidates: int = 20) -> None:
    with standing() as system, system.without(PROGRAM), ProcessPoolExecutor(2) as makers:
        rates = []
        for count in (1, 2):
            box = open_one(system, number, candidates)
            box.hand_in(box.make(makers, 1))
            with workers(system, count):
                rates.append(verified(box, number, 8 * count))
    print(f"{candidates} candidates, {number} ballots, load {os.getloadavg()[0]:.1f}")
    print(f"one worker {rates[0]:.1f}/s, two {rates[1]:.1f}/s = {rates[1] / rates[0]:.2f} times as many")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
