"""The page of each service names every noun that there is, once, and none that there is not."""

import re
from collections import Counter
from pathlib import Path

import pytest

SERVICES = Path(__file__).parents[2] / "services"
NAMES = sorted(path.parent.name for path in SERVICES.glob("*/README.md"))


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
