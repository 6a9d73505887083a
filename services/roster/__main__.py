"""Start a process of this service: `python -m services.roster migrate|web|work`."""

from pathlib import Path

from shared import process

process.main("roster", Path(__file__).parent)
