"""How long from closing an electronic box to its result: `python -m tests.bench.closing [ballots] [pause]`.

A branch of 30 votes on 20 candidates, in a whole system: door, verification, three trustees who fetch and audit the
archive, decryption, count. A box is closed so many seconds after its last ballot was accepted, as people would: 2, or
`pause`; and then in as many rounds again at once, when the trustees have the last ballots still to verify.
"""

import os
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor

from tests.bench._boxes import Box, open_one, standing, until
from tests.system import System

ELECTORS, CANDIDATES, CHOSEN = 30, 20, 3


def voted(system: System, makers: Executor) -> Box:
    """Give an open box into which everybody has voted."""
    box = open_one(system, ELECTORS, CANDIDATES)
    box.hand_in(box.make(makers, CHOSEN))
    until(lambda: box.accepted() == ELECTORS)
    return box


def closed(box: Box) -> float:
    """Close a box; give the seconds to its result."""
    began = time.perf_counter()
    box.close()
    until(lambda: box.state() == "counted")
    return time.perf_counter() - began


def figures(taken: Sequence[float]) -> str:
    """Write the middle, the hundredth and the last."""
    ordered = sorted(taken)
    last = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return f"p50 {statistics.median(ordered):.2f} s, p99 {last:.2f} s, most {ordered[-1]:.2f} s"


def main(number: int = 20, pause: int = 2) -> None:
    with standing() as system, ProcessPoolExecutor(2) as makers:
        print(f"{ELECTORS} electors, {CANDIDATES} candidates, {number} ballots each, load {os.getloadavg()[0]:.1f}")
        for wait in (pause, 0):
            taken = []
            for _ in range(number):
                box = voted(system, makers)
                time.sleep(wait)
                taken.append(closed(box))
            print(f"closed {wait} s after the last ballot: {figures(taken)}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
