"""Processes of a state folder whose supervisor was killed: known by the mark that each carries."""

import os
import signal
import time
from pathlib import Path

from infra.local.program import MARK

PROC = Path("/proc")
PATIENCE = 10
"""Seconds that a process may take to end when asked."""


def find(var: Path) -> list[int]:
    """List the ids of the processes that carry the mark of this state folder."""
    mark = f"{MARK}={var}".encode()
    return [pid for pid in _processes() if mark in _words(pid, "environ") and exists(pid)]


def end(var: Path) -> None:
    """End those processes: first by asking, then by force; those too that they start meanwhile."""
    known: set[int] = set()
    for number, patience in ((signal.SIGTERM, PATIENCE), (signal.SIGKILL, 5)):
        told: set[int] = set()
        until = time.monotonic() + patience
        while ((found := set(find(var))) or any(map(_ending, known))) and time.monotonic() < until:
            for pid in found - told:
                _send(pid, number)
            told |= found
            known |= found
            time.sleep(0.05)


def exists(pid: int) -> bool:
    """Say whether a process with this id runs (one that ended and was not yet fetched does not)."""
    return _state(pid) not in {"", "Z", "X"}


def _ending(pid: int) -> bool:
    """Say whether a process is still on its way out: it lost its mark before, and keeps its ports until the end.

    The first of its threads may long have ended before the last.
    """
    try:
        return exists(pid) or len(list((PROC / str(pid) / "task").iterdir())) > 1
    except OSError:
        return False


def _state(pid: int) -> str:
    try:
        stat = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[0]


def command_line(pid: int) -> list[str]:
    """Give the words of a process's command; none if it does not run."""
    return [word.decode(errors="replace") for word in _words(pid, "cmdline")]


def _processes() -> list[int]:
    return [int(path.name) for path in PROC.iterdir() if path.name.isdigit()]


def _words(pid: int, file: str) -> list[bytes]:
    try:
        return (PROC / str(pid) / file).read_bytes().split(b"\0")
    except OSError:
        return []


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
