"""The sample university adds up as requirements 2.12 suggests, and is the same every time."""

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from statistics import median

import pytest

from infra.sample import passwords, people, structure
from infra.sample.people import Somebody
from infra.sample.structure import PILOT, Unit
from services.roster.session import rules

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def units() -> list[Unit]:
    return structure.units(Random(1))


@pytest.fixture(scope="module")
def everybody(units: list[Unit]) -> list[Somebody]:
    return people.everybody(Random(2), units, TODAY)


def test_the_tree_has_ninety_nine_branches_of_three_to_forty(units: list[Unit]) -> None:
    assert Counter(unit.kind for unit in units) == {
        "上级组织": 1, "党委": 1, "党总支": 12, "直属党支部": 3, "党支部": 96
    }  # fmt: skip
    sizes = [unit.size for unit in units if unit.people]
    assert (min(sizes), max(sizes), sum(sizes)) == (3, 40, 2400)
    assert 18 <= median(sizes) <= 26
    assert len({unit.code for unit in units}) == len(units)


def test_the_people_add_up(everybody: list[Somebody]) -> None:
    """R-004, R-014, R-016, R-017."""
    members = [each for each in everybody if each.standing in {"正式党员", "预备党员"}]
    students = [each for each in members if each.identity == "学生"]
    retired = [each for each in members if each.identity == "离退休"]
    assert (len(members), len(students), len(retired)) == (2400, 1350, 200)
    assert sum(each.standing == "党外干部职工" for each in everybody) == 700
    assert sum(each.floating == "是" for each in everybody) == 110
    assert sum(each.exempt for each in everybody) == 60
    assert len({each.number for each in everybody}) == len(everybody)


def test_every_branch_has_its_secretary_and_every_general_branch_its_two(everybody: list[Somebody]) -> None:
    offices = Counter(each.roles for each in everybody)
    assert (offices["书记"], offices["党总支书记"], offices["党总支秘书"]) == (99, 12, 12)
    assert offices["系统管理员"] == offices["纪检干部"] == 1


def test_the_pilot_branch_is_one_that_can_hold_its_meeting(everybody: list[Somebody]) -> None:
    pilot = [each for each in everybody if each.branch == PILOT and each.joined]
    assert len(pilot) == structure.PILOT_SIZE
    assert sum(each.formal_member for each in pilot) == structure.PILOT_SIZE - 1
    assert not any(each.exempt or each.floating == "是" for each in pilot)


def test_the_same_seed_gives_the_same_people(units: list[Unit], everybody: list[Somebody]) -> None:
    assert people.everybody(Random(2), structure.units(Random(1)), TODAY) == everybody


def test_passwords_are_good_lasting_and_of_this_system_alone(tmp_path: Path) -> None:
    here = passwords.Passwords(tmp_path)
    there = tmp_path / "other"
    there.mkdir()
    given = here.of("T0002")
    rules.require_good(given, number="T0002", name="王一鸣")
    assert passwords.Passwords(tmp_path).of("T0002") == given
    assert passwords.Passwords(there).of("T0002") != given
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
