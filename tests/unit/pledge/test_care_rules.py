"""Who is cared for, and that its days are in their order."""

from datetime import timedelta

import pytest

from services.pledge.care import rules
from services.pledge.care.domain import Hardship
from shared.directory.domain import Standing
from tests.unit.pledge.pledges import NOW, TODAY, person, who

YESTERDAY = TODAY - timedelta(days=1)


def hardship() -> Hardship:
    return Hardship(who("tenant"), who("T003"), who("zjy/jin/jg"), b"", YESTERDAY, None, who("T001"), NOW)


def test_members_are_cared_for() -> None:
    """R-081"""
    rules.check_person(person())
    with pytest.raises(rules.NotAMember):
        rules.check_person(person(standing=Standing.ACTIVIST))


def test_care_ends_between_its_first_day_and_today() -> None:
    """R-081"""
    for day in (YESTERDAY, TODAY):
        assert rules.end(hardship(), day, TODAY).ended_on == day
    for day in (YESTERDAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(rules.BadDay):
            rules.end(hardship(), day, TODAY)
    assert rules.check_day(TODAY, TODAY) == TODAY
