"""How fast electronic ballots are verified, beside belenios-tool: `python -m tests.bench.ballots [ballots] [sizes …]`.

Sizes are numbers of candidates. Each round makes an archive, has belenios-tool verify it, and verifies the same ballots
with one process and with two. CPU seconds are counted, since the machine may have other work; compare within one run.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from pathlib import Path

from services.ballot.archive import writer
from services.ballot.archive.chain import Builder, credentials
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from services.ballot.protocol import trustees
from services.ballot.protocol.election import Election, Question
from shared.voting.group import BELENIOS_2048 as GROUP

UUID = "9D2fxzJ4gTqKzdWbRRs4qv"


def archive(candidates: int, number: int) -> tuple[Election, str, list[str]]:
    """Make an election of so many candidates and ballots that each tick a sixth of them."""
    secret = GROUP.random()
    held = trustees.single(GROUP, secret)
    names = tuple(f"候选人{at}" for at in range(candidates))
    ticks = max(1, candidates // 6)
    question = Question(names, 1, ticks, "评选", blank=True)
    election = elections.make(UUID, "评选", "基准", GROUP.secret_power(GROUP.g, secret), [question])
    weights = [0] + [1] * ticks + [0] * (candidates - ticks)
    return election, held, [ballots.make(election, GROUP.random(), [weights]) for _ in range(number)]


def store(folder: Path, election: Election, held: str, cast: Sequence[str]) -> Path:
    """Write the archive of an election that is still open."""
    chain = Builder()
    listed = credentials([json.loads(one)["credential"] for one in cast])
    records = [*chain.setup(election.text, held, listed)]
    for one in cast:
        records += chain.ballot(one)
    path = folder / f"{election.uuid}.bel"
    path.write_bytes(b"".join(writer.tar(records, 1385740800)))
    return path


def verify(election_text: str, cast: Sequence[str]) -> int:
    """Verify ballots as the box does: form, signature, proofs."""
    election = _election(election_text)
    for text in cast:
        ballot = ballots.read(election, text)
        ballots.check_signature(election, ballot)
        ballots.check_proofs(election, ballot)
    return len(cast)


def belenios(folder: Path) -> None:
    """Have belenios-tool verify the archive."""
    command = ["belenios-tool", "election", "verify", "--dir", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)


def two(election_text: str, cast: Sequence[str]) -> None:
    """Verify with two processes, in bites of eight."""
    bites = [cast[at : at + 8] for at in range(0, len(cast), 8)]
    with ProcessPoolExecutor(2) as pool:
        total = sum(pool.map(verify, [election_text] * len(bites), bites))
    assert total == len(cast)


def measured(run: Callable[[], object]) -> tuple[float, float]:
    """Give the CPU seconds, of children too, and the seconds on the clock."""
    before, started = _cpu(), time.perf_counter()
    run()
    return _cpu() - before, time.perf_counter() - started


def main(number: int, sizes: Sequence[int]) -> None:
    """Print ballots per CPU second for each size."""
    print(f"{number} ballots, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print("candidates  kB/ballot  belenios-tool/s  ours/s  ratio  two processes/s (cpu)  (clock)")
    for candidates in sizes:
        election, held, cast = archive(candidates, number)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            store(folder, election, held, cast)
            theirs, _ = measured(partial(belenios, folder))
        election_text = election.text
        ours, _ = measured(partial(verify, election_text, cast))
        both, clock = measured(partial(two, election_text, cast))
        rates = [number / spent for spent in (theirs, ours)]
        print(
            f"{candidates:10}  {len(cast[0]) / 1000:9.1f}  {rates[0]:15.1f}  {rates[1]:6.1f}  "
            f"{rates[1] / rates[0]:5.2f}  {number / both:21.1f}  {number / clock:7.1f}"
        )


@lru_cache
def _election(text: str) -> Election:
    return elections.parse(text)


def _cpu() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    main(words[0] if words else 100, words[1:] or [10, 20, 40])
