"""Notices: their days and when they are over."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.notice import rules, view
from services.notify.notice.domain import Notice
from services.notify.notice.rules import NoticeOver, NoticeWithoutPeriod
from shared.workdays import Calendar

KNOWN = Calendar({})
days = st.dates(date(2005, 1, 1), date(2026, 6, 30))


def notice(starts_on: date, ends_on: date | None, count: int) -> Notice:
    """Build a notice."""
    now = datetime(2013, 4, 8, tzinfo=UTC)
    one = uuid4()
    return Notice(
        one, one, one, one, "2013Q1", "闪光言行之星", "", "", "", "", count, starts_on, ends_on, "", now, None
    )


@given(days, st.integers(1, 15))
def test_objections_are_taken_on_every_day_of_the_notice_and_on_none_after(today: date, count: int) -> None:
    """R-173, requirements 2.4."""
    starts_on, ends_on, _ = rules.span(KNOWN, today, count)
    assert ends_on is not None
    posted = notice(starts_on, ends_on, count)
    assert today <= starts_on <= ends_on
    for offset in range((ends_on - today).days + 1):
        rules.accept_objection(posted, today + timedelta(days=offset))
    with pytest.raises(NoticeOver):
        rules.accept_objection(posted, ends_on + timedelta(days=1))


def test_a_notice_is_over_the_day_after_its_last_and_at_once_without_a_period() -> None:
    """R-173."""
    last = date(2013, 4, 12)
    posted = notice(date(2013, 4, 8), last, 5)
    assert [rules.is_over(posted, last + timedelta(days=offset)) for offset in (-1, 0, 1)] == [False, False, True]
    assert rules.is_over(notice(last, None, 0), last)
    now = datetime(2013, 4, 15, tzinfo=UTC)
    assert rules.conclude(posted, now) == replace(posted, concluded_at=now)


def test_a_notice_is_warned_of_where_the_state_council_s_list_is_not_known() -> None:
    """R-173, requirements 2.4: the same days, with a warning."""
    day = date(2040, 4, 9)
    starts_on, ends_on, warning = rules.span(KNOWN, day, 1)
    assert (starts_on, ends_on, warning) == (day, day, KNOWN.warning(day, day))
    assert warning


@given(days)
def test_without_days_there_is_no_period_and_no_objection(today: date) -> None:
    """R-173."""
    starts_on, ends_on, warning = rules.span(KNOWN, today, 0)
    assert (starts_on, ends_on, warning) == (today, None, "")
    with pytest.raises(NoticeWithoutPeriod):
        rules.accept_objection(notice(starts_on, ends_on, 0), today)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "written"),
    [
        (date(2013, 4, 8), date(2013, 4, 12), "5个工作日：2013年4月8日至4月12日"),
        (date(2026, 12, 28), date(2027, 1, 4), "5个工作日：2026年12月28日至2027年1月4日"),
    ],
)
def test_the_counting_is_written_as_officials_write_it(starts_on: date, ends_on: date, written: str) -> None:
    """Requirements 2.4."""
    assert view.counting(notice(starts_on, ends_on, 5)) == written
    assert (
        view.counting(notice(starts_on, starts_on, 1))
        == f"1个工作日：{starts_on.year}年{starts_on.month}月{starts_on.day}日"
    )
