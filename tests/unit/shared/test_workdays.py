"""Working days: public holidays, 调休, and years that nobody has loaded."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import workdays
from shared.workdays import Calendar

NOBODY_ENTERED = Calendar({})
days = st.dates(date(2005, 1, 1), date(2026, 6, 30))


def last(day: date, count: int, calendar: Calendar = NOBODY_ENTERED) -> date:
    return workdays.last(calendar.is_working, day, count)


def test_five_working_days_from_monday_8_april_2013_end_on_friday_12_april() -> None:
    """The example of requirements 2.4 (R-173)."""
    assert last(date(2013, 4, 8), 5) == date(2013, 4, 12)


@pytest.mark.parametrize(
    ("day", "count", "ends_on"),
    [
        (date(2026, 2, 12), 5, date(2026, 2, 25)),  # 2月14日（周六）调休上班，15日至23日春节放假
        (date(2026, 9, 17), 5, date(2026, 9, 22)),  # 9月20日（周日）调休上班
        (date(2026, 9, 28), 5, date(2026, 10, 9)),  # 国庆放假至10月7日
        (date(2013, 4, 4), 1, date(2013, 4, 7)),  # 清明放假，周日上班
    ],
)
def test_holidays_do_not_count_and_make_up_days_do(day: date, count: int, ends_on: date) -> None:
    """R-173."""
    assert last(day, count) == ends_on


def test_the_make_up_days_of_2026_are_the_six_of_the_state_council() -> None:
    """R-173."""
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    made_up = [day for day in year if day.weekday() > 4 and NOBODY_ENTERED.is_working(day)]
    assert made_up == [date(2026, *on) for on in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]]


def test_what_the_department_entered_wins_over_the_library() -> None:
    """R-173."""
    calendar = Calendar({date(2026, 3, 4): False, date(2026, 3, 7): True})
    assert last(date(2026, 3, 3), 5, calendar) == date(2026, 3, 9)
    assert last(date(2026, 3, 3), 4, calendar) == date(2026, 3, 7)


def test_an_unknown_year_counts_monday_to_friday_and_says_so() -> None:
    """R-173."""
    assert last(date(2027, 1, 4), 6) == date(2027, 1, 11)
    warned = NOBODY_ENTERED.warning(date(2026, 12, 28), date(2027, 1, 5))
    assert warned == "2027 年放假安排未载入，按周一至周五计算，元旦、劳动节、国庆节的法定假日除外。"


@given(st.integers(workdays.LAST_YEAR + 1, 2090))
def test_days_that_are_free_in_every_year_need_no_notice(year: int) -> None:
    """R-173: 元旦1日, 劳动节5月1日和2日, 国庆节10月1日至3日; what was entered wins here too."""
    free = [date(year, *on) for on in [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]]
    assert not any(map(NOBODY_ENTERED.is_working, free))
    assert Calendar({free[0]: True}).is_working(free[0])
    others = [date(year, 1, 2) + timedelta(days=n) for n in range(360)]
    assert all(NOBODY_ENTERED.is_working(day) == (day.weekday() < 5) for day in others if day not in free)


def test_an_entered_year_needs_no_warning() -> None:
    """R-173."""
    assert Calendar({date(2027, 1, 1): False}).warning(date(2027, 2, 1), date(2027, 2, 8)) == ""
    assert NOBODY_ENTERED.warning(date(2026, 2, 1), date(2026, 12, 31)) == ""


def test_the_first_and_the_last_year_that_are_known_are_known_whole() -> None:
    """R-173: 22 January 2004, a Thursday, was 春节; of 2003 and before nothing is known."""
    assert workdays.FIRST_YEAR == 2004
    assert not NOBODY_ENTERED.is_working(date(2004, 1, 22))
    known = NOBODY_ENTERED.warning(date(workdays.FIRST_YEAR, 1, 1), date(workdays.LAST_YEAR, 12, 31))
    assert known == ""
    before, after = workdays.FIRST_YEAR - 1, workdays.LAST_YEAR + 1
    said = NOBODY_ENTERED.warning(date(before, 12, 31), date(after, 1, 1))
    assert [said.count(f"{year} 年放假安排未载入") for year in (before, workdays.FIRST_YEAR, after)] == [1, 0, 1]


def test_a_period_of_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        last(date(2026, 3, 3), 0)


@given(days, st.integers(1, 30))
def test_a_period_holds_exactly_its_working_days(day: date, count: int) -> None:
    """R-173."""
    ends_on = last(day, count)
    inside = [day + timedelta(days=n) for n in range((ends_on - day).days + 1)]
    assert sum(map(NOBODY_ENTERED.is_working, inside)) == count
    assert NOBODY_ENTERED.is_working(ends_on)


@given(days, st.integers(1, 20), st.integers(1, 20))
def test_two_periods_one_after_the_other_are_one_long_one(day: date, one: int, two: int) -> None:
    """R-173."""
    assert last(last(day, one) + timedelta(days=1), two) == last(day, one + two)


@given(days, st.integers(1, 20))
def test_a_later_start_never_ends_earlier(day: date, count: int) -> None:
    """R-173."""
    assert last(day, count) <= last(day + timedelta(days=1), count)
