"""python -m infra.containers.launch MODULE …: take the secrets of `/keys/environment` along and become the module."""

import os
import sys
from pathlib import Path

SECRETS = Path("/keys/environment")


def secrets(text: str) -> dict[str, str]:
    """Read lines of NAME=value."""
    pairs = (line.partition("=") for line in text.splitlines() if line)
    return {name: value for name, _, value in pairs}


def main() -> None:
    """Replace this process, so that the module gets the signals itself; a variable that is set already wins."""
    known = secrets(SECRETS.read_text(encoding="ascii")) if SECRETS.exists() else {}
    os.execve(sys.executable, [sys.executable, "-m", *sys.argv[1:]], {**known, **os.environ})  # noqa: S606


if __name__ == "__main__":
    main()
