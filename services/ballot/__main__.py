"""Start a process of this service: `python -m services.ballot migrate|web|work`."""

from pathlib import Path

from shared import process

process.main("ballot", Path(__file__).parent)
