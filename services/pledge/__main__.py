"""Start a process of this service: `python -m services.pledge migrate|web|work`."""

from pathlib import Path

from shared import process

process.main("pledge", Path(__file__).parent)
