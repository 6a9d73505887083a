"""The archive of an electronic ballot as the board gives it, before our auditor and one that nobody here wrote."""

import subprocess
import sys
from pathlib import Path

import requests

from services.ballot.audit.whole import survey
from services.ballot.protocol import ballot as ballots
from tests.integration.ballot.belenios import Belenios
from tests.system import ROOT


def download(address: str, folder: Path) -> Path:
    """Fetch an archive as anybody may."""
    answer = requests.get(address, timeout=60)
    assert answer.status_code == 200, answer.text
    path = folder / address.rpartition("/")[2]
    path.write_bytes(answer.content)
    return path


def pass_both(archive: Path) -> None:
    """Both auditors, each by its command line, find nothing wrong and the count complete."""
    assert Belenios(archive.parent).accepts()
    command = [sys.executable, "-m", "services.ballot", "audit", str(archive)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def trackers(archive: Path) -> list[str]:
    """Give the tracking number of every ballot event, in the order of the chain."""
    content = archive.read_bytes()
    return [ballots.tracker(content[place.start : place.start + place.length]) for place in survey(archive)[1]]
