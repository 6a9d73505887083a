"""Quarters."""

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


@given(DAYS)
def test_every_day_lies_between_the_first_and_the_last_of_its_quarter(day: date) -> None:
    quarter = period.of(day)
    assert period.first_day(quarter) <= day <= period.last_day(quarter)
    assert period.previous(period.following(quarter)) == quarter


@pytest.mark.parametrize("text", ["2013", "2013Q5", "2013Q0", "13Q1", "2013q1", "", "2013Q1 "])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="quarter"):
        period.parse(text)
