"""Processes of a state folder whose supervisor was killed: known by the mark that each carries."""

from pathlib import Path

import psutil

from infra.local.program import MARK


def find(var: Path) -> list[psutil.Process]:
    """List the processes that carry the mark of this state folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(var):
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def end(var: Path) -> None:
    """End those processes: first by asking, after ten seconds by force."""
    processes = find(var)
    for process in processes:
        _send(process, force=False)
    _, left = psutil.wait_procs(processes, timeout=10)
    for process in left:
        _send(process, force=True)
    psutil.wait_procs(left, timeout=5)


def exists(pid: int) -> bool:
    """Say whether a process with this id runs (one that ended and was not yet fetched does not)."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _send(process: psutil.Process, *, force: bool) -> None:
    try:
        process.kill() if force else process.terminate()
    except psutil.NoSuchProcess:
        return
