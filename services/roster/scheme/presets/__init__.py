"""The schemes that ship with the software: one data file each, every value with the words it rests on."""

import json
from datetime import date
from functools import cache
from pathlib import Path

from services.roster.scheme import rules
from services.roster.scheme.domain import Document, Made, Preset

FOLDER = Path(__file__).parent


@cache
def every() -> dict[str, Preset]:
    """Give all presets by code. Raises `SettingsInvalid` when a file is wrong: a defect of the file."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.json"))}


def get(code: str) -> Preset:
    """Give a preset. Raises `PresetNotFound`."""
    if code not in every():
        raise rules.PresetNotFound
    return every()[code]


def _read(path: Path) -> Preset:
    told = json.loads(path.read_text(encoding="utf-8"))
    document = told["document"]
    settings = {
        key: Made(entry["value"], entry["source"], entry.get("open", False)) for key, entry in told["settings"].items()
    }
    rules.require_good({key: made.value for key, made in settings.items()})
    return Preset(
        path.stem,
        told["name"],
        Document(document["number"], document["title"], date.fromisoformat(on) if (on := document["on"]) else None),
        rules.complete(settings),
    )
