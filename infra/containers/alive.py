"""python -m infra.containers.alive: say by the exit code whether the container's work process has beaten lately."""

import os
import sys
import time
from pathlib import Path

OLD = 30.0
"""Seconds after which a heartbeat is too old; a process under load may miss some of its seconds."""


def alive(heartbeat: Path, moment: float) -> bool:
    """Say whether a heartbeat is there and fresh enough."""
    try:
        return moment - heartbeat.stat().st_mtime < OLD
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if alive(Path(os.environ["HEARTBEAT"]), time.time()) else 1)
