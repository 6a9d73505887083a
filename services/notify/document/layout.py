"""A mark of everything that a paper is made by, so that a new release writes its papers anew."""

from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import services.notify
import shared

FOLDERS = [Path(package.__path__[0]) for package in (services.notify, shared)]
KINDS = {".py", ".html", ".css"}
WRITERS = ("weasyprint", "python-docx", "segno")


def mark(folders: Sequence[Path]) -> str:
    """Give a digest of all code, templates and styles in folders, and of the libraries that write papers."""
    made = sha256()
    for folder in folders:
        for path in sorted(each for each in folder.rglob("*") if each.suffix in KINDS):
            content = path.read_bytes()
            made.update(f"{path.relative_to(folder)} {len(content)}\n".encode() + content)
    made.update(" ".join(f"{name} {version(name)}" for name in WRITERS).encode())
    return made.hexdigest()


MARK = mark(FOLDERS)
"""Taken as the process starts: it is what this process writes by, whatever an upgrade lays beside it meanwhile."""
