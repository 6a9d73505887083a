"""The page of each service names every noun that there is, once, and none that there is not; its tables and events."""

import importlib
import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from shared.events.catalogue import CATALOGUE

SERVICES = Path(__file__).parents[2] / "services"
NAMES = sorted(path.parent.name for path in SERVICES.glob("*/README.md"))
PAGES = [*NAMES, "ballot/trustee"]
TABLE = re.compile(r"^CREATE TABLE (\w+)", re.MULTILINE)
SEVERAL = re.compile(r"`(\w+)\.(\w+(?:\|\w+)+)`")
"""`ballot.opened|closed`: one word for several events."""


def named(service: str) -> list[str]:
    """Give the first column of the tables whose head says that they list nouns."""
    found, listing = [], False
    for line in (SERVICES / service / "README.md").read_text(encoding="utf-8").splitlines():
        first = line.split("|")[1].strip() if line.startswith("|") else ""
        listing = bool(first) and (listing or first.lower() in {"noun", "package"})
        found += re.findall(r"`(\w+)/?`", first) if listing else []
    return found


@pytest.mark.parametrize("service", NAMES)
def test_a_service_s_page_names_each_of_its_nouns_once(service: str) -> None:
    there = {path.parent.name for path in (SERVICES / service).glob("*/__init__.py")}
    assert {noun for noun, times in Counter(named(service)).items() if times > 1} == set()
    assert set(named(service)) == there


def page(service: str) -> str:
    text = (SERVICES / service / "README.md").read_text(encoding="utf-8")
    return SEVERAL.sub(lambda found: " ".join(f"`{found[1]}.{word}`" for word in found[2].split("|")), text)


@pytest.mark.parametrize("service", PAGES)
def test_a_service_s_page_names_its_tables(service: str) -> None:
    files = (SERVICES / service / "migrations").glob("*.sql")
    there = {table for file in files for table in TABLE.findall(file.read_text(encoding="utf-8"))}
    assert {table for table in there if f"`{table}`" not in page(service)} == set()


@pytest.mark.parametrize("service", PAGES)
def test_a_service_s_page_names_what_it_does_by_itself(service: str) -> None:
    events = importlib.import_module(f"services.{service.replace('/', '.')}.events")
    assert {each.name for each in events.DEADLINES if f"`{each.name}`" not in page(service)} == set()


@pytest.mark.parametrize("service", PAGES)
def test_a_service_s_page_names_what_it_tells_and_hears(service: str) -> None:
    events = importlib.import_module(f"services.{service.replace('/', '.')}.events")
    heard = chain(events.HANDLERS, *getattr(events, "EXTRA_HANDLERS", {}).values())
    told = {name for (_, name, _), event in CATALOGUE.items() if event.teller == service.rpartition("/")[2]}
    wanted = told | {event.event_name for event in heard}
    assert {name for name in wanted if f"`{name}`" not in page(service)} == set()


def test_the_glossary_gives_every_package_its_chinese_name() -> None:
    text = (SERVICES.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
    said = {
        (part.split("\n", 1)[0], package)
        for part in text.split("\n## ")[1:]
        for package, _ in re.findall(r"^\| `(\w+)` \| (\S.*?) \|$", part, re.MULTILINE)
    }
    places = [*(SERVICES / name for name in NAMES), SERVICES.parent / "shared"]
    assert said == {(place.name, init.parent.name) for place in places for init in place.glob("*/__init__.py")}
