"""Processes that outlived their supervisor, and notes that outlived their process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local import orphans, postgres
from infra.local.program import MARK
from tests.trial import until

WAIT = "import sys; print(flush=True); sys.stdin.read()"

HYDRA = """
import os, signal, sys, time

def bud(*_):
    if os.fork():
        os._exit(0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

signal.signal(signal.SIGTERM, bud)
print(flush=True)
while True:
    time.sleep(1)
"""

HEADLESS = """
import ctypes, threading, time
threading.Thread(target=time.sleep, args=(60,)).start()
ctypes.CDLL(None).pthread_exit(None)
"""


@pytest.fixture
def stray(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, MARK: str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", WAIT, str(tmp_path)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as made:
        assert made.stdout is not None
        made.stdout.readline()
        yield made
        made.kill()


def test_an_orphan_is_known_by_the_folder_it_carries(stray: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert orphans.find(tmp_path) == [stray.pid]
    assert orphans.find(tmp_path / "other") == []


def test_ending_orphans_leaves_nothing_of_this_folder(stray: subprocess.Popen[bytes], tmp_path: Path) -> None:
    orphans.end(tmp_path)

    assert orphans.find(tmp_path) == []
    assert not orphans.exists(stray.pid)


def test_what_an_orphan_starts_while_it_ends_is_ended_too(tmp_path: Path) -> None:
    """As a web server's master does, whose worker was killed just before."""
    environment = {**os.environ, MARK: str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", HYDRA], env=environment, stdout=subprocess.PIPE) as head:
        assert head.stdout is not None
        head.stdout.readline()
        orphans.end(tmp_path)

    assert orphans.find(tmp_path) == []


def test_a_process_whose_first_thread_alone_has_ended_is_known_to_be_ending(tmp_path: Path) -> None:
    """As one that was killed on a busy machine: it no longer shows whose it is, and its ports are still taken."""
    environment = {**os.environ, MARK: str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", HEADLESS], env=environment) as one:
        until(lambda: not orphans.exists(one.pid))
        assert orphans._ending(one.pid)
        assert orphans.find(tmp_path) == []
        one.kill()
    assert not orphans._ending(one.pid)


def test_ending_orphans_of_another_folder_touches_nothing(stray: subprocess.Popen[bytes], tmp_path: Path) -> None:
    orphans.end(tmp_path / "other")

    assert orphans.exists(stray.pid)


@pytest.mark.parametrize(
    "note", [str(os.getpid()), "999999999", "", "nonsense"], ids=["alive", "dead", "empty", "nonsense"]
)
def test_the_note_of_a_dead_database_server_does_not_keep_the_next_one_out(tmp_path: Path, note: str) -> None:
    """Its number may by now belong to somebody else, here to the test itself."""
    (tmp_path / "postmaster.pid").write_text(note + "\n")

    postgres.forget_dead_server(tmp_path)

    assert not (tmp_path / "postmaster.pid").exists()


def test_the_note_of_a_living_database_server_stays(stray: subprocess.Popen[bytes], tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{stray.pid}\n")

    postgres.forget_dead_server(tmp_path)

    assert (tmp_path / "postmaster.pid").exists()
