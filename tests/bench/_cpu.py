"""What processor time processes have used: a busy machine changes it least."""

import os
from collections.abc import Iterable
from pathlib import Path

import psycopg


def cpu(pids: Iterable[int]) -> float:
    """Give the CPU seconds that processes have used."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """Give the worker processes of a master."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def sessions(url: str) -> list[int]:
    """Give the server's processes for a database, this question's own left out."""
    with psycopg.connect(url) as conn:
        rows = conn.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    return [row[0] for row in rows]
