"""Working days in China: public holidays and 调休 from the tenant's own table, else from the calendar library.

The State Council decides the days each year. A year that neither the table nor the library knows counts Monday to
Friday but for the days that are free in every year, and `Calendar.warning` says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import chinese_calendar

from shared.db import Connection

DAY = timedelta(days=1)
FIRST_YEAR = min(chinese_calendar.constants.holidays).year
LAST_YEAR = max(chinese_calendar.constants.holidays).year
FREE = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
"""Month and day of what 全国年节及纪念日放假办法 itself fixes by the solar calendar: 元旦, 劳动节 and 国庆节.

The other holidays follow the moon or a solar term; these, and free or made-up days around, wait for the notice.
"""
REACH = 400
"""Days that one reading of the table covers; no period of a scheme is longer."""


@dataclass(frozen=True)
class Calendar:
    """The days of one tenant, from `calendar`."""

    entered: Mapping[date, bool]
    """What the organisation department entered: day → working."""

    def is_working(self, day: date) -> bool:
        """Say whether people work on a day: the table wins, then the library, then Monday to Friday but `FREE`."""
        if day in self.entered:
            return self.entered[day]
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5 and (day.month, day.day) not in FREE

    def knows(self, day: date) -> bool:
        """Say whether the arrangement of the day's year is known."""
        return FIRST_YEAR <= day.year <= LAST_YEAR or any(entry.year == day.year for entry in self.entered)

    def warning(self, starts_on: date, ends_on: date) -> str:
        """Give the sentence to show beside a period that touches an unknown year; empty when all is known."""
        years = range(starts_on.year, ends_on.year + 1)
        unknown = [year for year in years if not self.knows(date(year, 1, 1))]
        return "".join(
            f"{year} 年放假安排未载入，按周一至周五计算，元旦、劳动节、国庆节的法定假日除外。" for year in unknown
        )


def first(is_working: Callable[[date], bool], day: date) -> date:
    """Give the first working day that is not before `day`."""
    while not is_working(day):
        day += DAY
    return day


def last(is_working: Callable[[date], bool], day: date, count: int) -> date:
    """Give the last day of `count` working days of which the first is the first working day not before `day`.

    Five working days from Monday 2013-04-08 end on 2013-04-12 (requirements 2.4). `count` under 1 raises `ValueError`.
    """
    if count < 1:
        raise ValueError("a period has at least one working day")
    day = first(is_working, day)
    for _ in range(count - 1):
        day = first(is_working, day + DAY)
    return day


def calendar(conn: Connection, tenant_id: UUID, day: date) -> Calendar:
    """Read the tenant's entries from the beginning of a day's year on, as far as any period reaches."""
    rows = conn.execute(
        "SELECT day, working FROM calendar_day WHERE tenant_id = %s AND day BETWEEN %s AND %s",
        [tenant_id, date(day.year, 1, 1), day + REACH * DAY],
    ).fetchall()
    return Calendar(dict(rows))


def through(conn: Connection, tenant_id: UUID, day: date, count: int) -> date:
    """Give the last of `count` working days counted from `day` on, itself included if people work on it."""
    return last(calendar(conn, tenant_id, day).is_working, day, count)


def after(conn: Connection, tenant_id: UUID, day: date, count: int) -> date:
    """Give the last of `count` working days that begin on the day after `day`: for “within N working days of”.

    None at all is `day` itself.
    """
    return through(conn, tenant_id, day + DAY, count) if count else day


def save(conn: Connection, tenant_id: UUID, entered_at: datetime, days: list[dict[str, Any]]) -> None:
    """Keep holidays and make-up working days, unless a later entry of a day is known."""
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO calendar_day (tenant_id, day, working, note, entered_at)
            VALUES (%(tenant_id)s, %(day)s, %(working)s, %(note)s, %(entered_at)s)
            ON CONFLICT (tenant_id, day) DO UPDATE SET
                working = EXCLUDED.working, note = EXCLUDED.note, entered_at = EXCLUDED.entered_at
            WHERE calendar_day.entered_at < EXCLUDED.entered_at
            """,
            [
                {**day, "tenant_id": tenant_id, "entered_at": entered_at}
                for day in sorted(days, key=lambda entry: entry["day"])
            ],
        )
