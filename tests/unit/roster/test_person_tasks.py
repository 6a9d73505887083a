"""流动党员 who are silent: whom to reach, and until when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.person.tasks import WARNING, tasks
from shared.directory.domain import Person
from shared.period import months_after
from tests.unit.roster.test_person_rules import member


def away(since: date) -> Person:
    return member(floating=True, floating_since=since).person


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 24))
def test_who_reports_on_the_day_that_is_named_is_in_time(since: date, months: int) -> None:
    """R-158: the condition holds from the day on which the months are full."""
    (task,) = tasks([away(since)], months, months_after(since, months))
    assert task.due_on == months_after(since, months) - timedelta(days=1)


def test_the_months_are_those_of_the_scheme() -> None:
    """R-016 R-158: 三个月 in S0 and S1; another scheme may say six, or nothing at all."""
    person, today = away(date(2013, 1, 10)), date(2013, 3, 20)
    (task,) = tasks([person], 3, today)
    assert (task.due_on, "连续3个月" in task.note) == (date(2013, 4, 9), True)
    assert list(tasks([person], 6, today)) == []
    assert list(tasks([person], 0, date(2014, 1, 1))) == []


@pytest.mark.parametrize(("today", "warned"), [(date(2013, 3, 10), True), (date(2013, 3, 9), False)])
def test_a_month_before_the_branch_is_asked(today: date, *, warned: bool) -> None:
    assert bool(list(tasks([away(date(2013, 1, 10))], 3, today))) == warned
    assert timedelta(days=30) == WARNING
