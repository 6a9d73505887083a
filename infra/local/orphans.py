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
        while (left := set(find(var)) | {pid for pid in known if _ending(pid)}) and time.monotonic() < until:
            for pid in left - told:
                _send(pid, number)
            told |= left
            known |= left
            time.sleep(0.05)


def exists(pid: int) -> bool:
    """Say whether a process with this id runs (one that ended and was not yet fetched does not)."""
    return _state(pid) not in {"", "Z", "X"}


def _ending(pid: int) -> bool:
    """Say whether a process ended but for some of its threads: it carries no mark any more, and still has its ports."""
    try:
        return _state(pid) == "Z" and len(list((PROC / str(pid) / "task").iterdir())) > 1
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
