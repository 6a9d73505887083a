"""What happened: each step printed with its time, and written to `var/quarter.json` or `var/year.json`."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console

from shared import clock

QUARTER: dict[str, Any] = {
    "ballot_id": None,
    "organization": None,
    "organization_id": None,
    "promise_id": None,
    "pledge_id": None,
    "pledge_item_id": None,
    "award_ids": [],
}
"""What the diary of a quarter says; all empty at its beginning."""
console = Console(highlight=False, soft_wrap=True)


class Diary:
    """The steps of one quarter or year."""

    def __init__(self, base: str, file: Path, **facts: Any) -> None:
        """Take the system's address, the file to write, and what stands in it beside steps and documents."""
        self._base, self._file = base, file
        self.content: dict[str, Any] = {**(facts or QUARTER), "steps": [], "documents": []}

    @contextmanager
    def step(self, name: str, url: str = "") -> Iterator[dict[str, str]]:
        """Do a step; the body may set `note` and `url` in what it gets. Written also when the step fails."""
        said: dict[str, str] = {"url": url, "note": ""}
        began = time.monotonic()
        done = False
        try:
            yield said
            done = True
        finally:
            moment = clock.now().astimezone(clock.SHANGHAI)
            address = self._base + said["url"] if said["url"] else self._base
            self.content["steps"].append({"name": name, "at": moment.isoformat(), "url": address})
            self.write()
            mark = "[green]✓[/green]" if done else "[red]✗[/red]"
            took = f"{time.monotonic() - began:5.2f}s"
            console.print(f"{mark} {moment:%Y-%m-%d %H:%M} {took}  {name}  [dim]{said['note']}[/dim]")

    def document(self, path: str) -> None:
        """Note a document's address."""
        self.content["documents"].append(self._base + path)

    def write(self) -> None:
        """Write the file, whole or not at all."""
        draft = self._file.with_name(self._file.name + ".new")
        draft.write_text(json.dumps(self.content, ensure_ascii=False, indent=2), encoding="utf-8")
        draft.rename(self._file)
