"""Who may be cared for, and until when."""

from dataclasses import replace
from datetime import date

from services.pledge.care.domain import Hardship
from shared.directory.domain import Person
from shared.errors import Invalid, NotFound, RuleBroken

LONGEST = 1000


class NotAMember(RuleBroken):
    """只登记本组织的党员。"""


class NotCaredFor(NotFound):
    """没有登记这位党员的情况。"""


class BadDay(Invalid):
    """日期不能晚于今天，结束不能早于开始。"""


def check_person(person: Person) -> None:
    """Refuse who is not a member. Raises `NotAMember`."""
    if not person.is_member:
        raise NotAMember


def check_day(day: date, today: date) -> date:
    """Give a day that is not in the future. Raises `BadDay`."""
    if day > today:
        raise BadDay
    return day


def end(hardship: Hardship, on: date, today: date) -> Hardship:
    """End it. Raises `BadDay`."""
    if check_day(on, today) < hardship.since_on:
        raise BadDay
    return replace(hardship, ended_on=on)
