"""Start a process of this service: `python -m services.notify migrate|web|work`."""

from pathlib import Path

from shared import process

process.main("notify", Path(__file__).parent)
