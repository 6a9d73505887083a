"""The list of requirements and their tests is true."""

import re
from pathlib import Path

from tests import requirements

SOURCE = requirements.ROOT.parent / "shared" / "requirements.md"


def test_the_list_is_up_to_date() -> None:
    assert requirements.FILE.read_text(encoding="utf-8") == requirements.write(), "run python -m tests.requirements"


def test_every_number_of_this_issue_s_sections_is_named_by_a_test_or_has_a_room_to_come() -> None:
    assert requirements.missing() == []


def test_every_number_that_a_test_names_exists() -> None:
    if not Path(SOURCE).exists():
        known = {number for numbers in requirements.SECTIONS.values() for number in numbers}
        assert known & set(requirements.collect())
        return
    text = SOURCE.read_text(encoding="utf-8")
    known = {int(number) for number in re.findall(r"\| R-(\d{3}) \|", text)}
    assert set(requirements.collect()) - known == set()
    conflicts = {int(number) for number in re.findall(r"\| C(\d+) \|", text)}
    assert set(requirements.collect(requirements.CONFLICT)) - conflicts == set()
