"""Whole elections both ways: Belenios' own tool audits ours, and our auditor its."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.ballot.audit.follower import State
from services.ballot.audit.whole import audit
from tests.integration.ballot.belenios import Belenios
from tests.unit.ballot import archives
from tests.unit.ballot.archives import CHOICES, CODES, UUID, chained, lawful, written

ROOT = Path(__file__).parents[3]
QUESTION: dict[str, object] = {
    "answers": ["王一", "李二"],
    "blank": True,
    "min": 1,
    "max": 1,
    "question": "闪光言行之星",
}


@pytest.fixture
def belenios(tmp_path: Path) -> Belenios:
    return Belenios(tmp_path)


@pytest.mark.parametrize("key", [archives.alone, archives.two_of_three])
def test_belenios_accepts_our_archive(belenios: Belenios, key: object) -> None:
    """R-130: an independent program finds our election right; with a key of one, and with two of three who answered."""
    assert callable(key)
    (belenios.folder / f"{UUID}.bel").write_bytes(lawful(key()).archive())
    assert belenios.accepts()


@pytest.mark.parametrize("events", [1, 3, 6, 7, 8])
def test_belenios_accepts_our_archive_before_it_is_finished(belenios: Belenios, events: int) -> None:
    (belenios.folder / f"{UUID}.bel").write_bytes(written(chained(lawful().steps()[:events])))
    assert belenios.accepts()


def test_belenios_sees_that_an_archive_only_grew(belenios: Belenios) -> None:
    """R-130: nobody can take back what was once on the board."""
    steps = lawful().steps()
    for folder, count in (("old", 3), ("new", len(steps))):
        (belenios.folder / folder).mkdir()
        (belenios.folder / folder / f"{UUID}.bel").write_bytes(written(chained(steps[:count])))
    belenios.run("election", "verify-diff", "--dir1", "old", "--dir2", "new")


def test_belenios_refuses_what_we_refuse(belenios: Belenios) -> None:
    """The outside auditor really looks: a forged result is seen by it too."""
    forger = lawful()
    forger.result = '{"result":[[1,1,1]]}'
    (belenios.folder / f"{UUID}.bel").write_bytes(forger.archive())
    assert not belenios.accepts()


@pytest.mark.parametrize(("alone", "together"), [(2, 0), (0, 3), (1, 3)])
def test_we_accept_an_archive_made_wholly_by_belenios(belenios: Belenios, alone: int, together: int) -> None:
    """R-130: trustees, credentials, election, ballots (one voted twice), decryption and result by the outside tool."""
    trustees = belenios.alone(alone)
    if together:
        trustees += belenios.together(2, together)
    codes = belenios.credentials(UUID, len(CODES))
    belenios.set_up(UUID, QUESTION)
    for code, choice in [*zip(codes, CHOICES, strict=True), (codes[0], (0, 0, 1))]:
        belenios.event("Ballot", belenios.ballot(code, list(choice)))
    numbered = list(enumerate(trustees, start=1))
    belenios.count([*numbered[:alone], *numbered[alone::2]])
    follower = audit(belenios.folder / f"{UUID}.bel", jobs=1)
    assert follower.complete() == ()
    assert (follower.state, follower.ballots, follower.num_tallied) == (State.FINISHED, 4, 3)
    assert follower.count is not None
    assert follower.count.result == [[1, 0, 2]]
    assert belenios.accepts()


def test_our_command_audits_an_open_archive_of_belenios(belenios: Belenios) -> None:
    belenios.alone(1)
    belenios.credentials(UUID, 2)
    belenios.set_up(UUID, QUESTION)
    archive = str(belenios.folder / f"{UUID}.bel")
    command = [sys.executable, "-m", "services.ballot", "audit", archive, "--unfinished"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "投票进行中" in done.stdout
