"""Quarters, and days some months away."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import period

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def test_april_begins_the_second_quarter() -> None:
    assert period.of(date(2013, 3, 31)) == "2013Q1"
    assert period.of(date(2013, 4, 1)) == "2013Q2"


def test_the_quarter_before_the_first_is_last_year_s_fourth() -> None:
    assert period.previous("2013Q1") == "2012Q4"
    assert period.following("2012Q4") == "2013Q1"
    assert period.last_day("2012Q1") == date(2012, 3, 31)
    assert (period.first_day("1000Q1"), period.last_day("2999Q4")) == (date(1000, 1, 1), date(2999, 12, 31))


@given(DAYS)
def test_every_day_lies_between_the_first_and_the_last_of_its_quarter(day: date) -> None:
    quarter = period.of(day)
    assert period.first_day(quarter) <= day <= period.last_day(quarter)
    assert period.previous(period.following(quarter)) == quarter


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2013, 4, 15), 3, date(2013, 7, 15)),
        (date(2013, 1, 31), 1, date(2013, 2, 28)),
        (date(2012, 1, 31), 1, date(2012, 2, 29)),
        (date(2013, 10, 31), 1, date(2013, 11, 30)),
        (date(2013, 11, 30), 1, date(2013, 12, 30)),
        (date(2013, 12, 31), 2, date(2014, 2, 28)),
        (date(2013, 12, 31), -1, date(2013, 11, 30)),
        (date(2013, 3, 31), -1, date(2013, 2, 28)),
        (date(2013, 1, 15), -1, date(2012, 12, 15)),
        (date(2012, 2, 29), -12, date(2011, 2, 28)),
        (date(2013, 12, 31), 12, date(2014, 12, 31)),
    ],
)
def test_some_months_from_a_day_is_that_day_of_the_month_or_the_last_that_there_is(
    day: date, months: int, then: date
) -> None:
    """R-158, requirements 2.10: twelve months back for attendance, months on for what is erased."""
    assert period.months_after(day, months) == then


@pytest.mark.parametrize(
    "text", ["2013", "2013Q5", "2013Q0", "13Q1", "2013q1", "", "2013Q1 ", "2013Q1\n", "２０１３Q1", "0000Q1", "9999Q4"]
)
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="quarter"):
        period.parse(text)
