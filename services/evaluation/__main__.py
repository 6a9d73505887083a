"""Start a process of this service: `python -m services.evaluation migrate|web|work`."""

from pathlib import Path

from shared import process

process.main("evaluation", Path(__file__).parent)
