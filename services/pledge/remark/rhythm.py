"""The periods of 督诺: months as 2013-04, two months as 2013M2, quarters as 2013Q1, years as 2013; pure (C1)."""

import re
from datetime import date, timedelta

from shared.errors import Invalid
from shared.period import months_after
from shared.web.words import period as quarter_named

PATTERN = re.compile(r"^[0-9]{4}(Q[1-4]|M[1-6]|-(0[1-9]|1[0-2]))?(?!\n)$")
MONTHS = {"month": 1, "two_months": 2, "quarter": 3, "year": 12, "none": 3}
"""How long a period is; what has no rhythm is kept by quarters."""


class BadPeriod(Invalid):
    """周期的写法应如 2013-04、2013M2、2013Q1 或 2013。"""


def check(period: str) -> str:
    """Give a period as it came. Raises `BadPeriod`."""
    if not PATTERN.match(period) or not 2000 <= year(period) <= 2200:
        raise BadPeriod
    return period


def of(day: date, rhythm: str) -> str:
    """Give the period of a day."""
    return _written(day, MONTHS[rhythm])


def year(period: str) -> int:
    """Give the year of a period."""
    return int(period[:4])


def first_day(period: str) -> date:
    """Give the first day."""
    number = int(period[5:] or 1)
    return date(year(period), (number - 1) * _months(period) + 1, 1)


def last_day(period: str) -> date:
    """Give the last day."""
    return months_after(first_day(period), _months(period)) - timedelta(days=1)


def due_on(period: str, day: int) -> date:
    """Give until when a period's remarks are asked for: a day of its last month, or its last day.

    A month that does not have the day ends it; 0 asks for the last day (R-241, R-242).
    """
    last = last_day(period)
    return last.replace(day=min(day, last.day)) if day else last


def following(period: str) -> str:
    """Give the period after."""
    return _written(months_after(first_day(period), _months(period)), _months(period))


def previous(period: str) -> str:
    """Give the period before."""
    return _written(months_after(first_day(period), -_months(period)), _months(period))


def named(period: str) -> str:
    """Write 2013年4月, 2013年3—4月, 2013年第一季度 or 2013年."""
    first = first_day(period)
    match _months(period):
        case 1:
            return f"{first.year}年{first.month}月"
        case 2:
            return f"{first.year}年{first.month}—{first.month + 1}月"
        case 3:
            return quarter_named(period)
        case _:
            return f"{first.year}年"


def _months(period: str) -> int:
    return {"": 12, "Q": 3, "M": 2, "-": 1}[period[4:5]]


def _written(day: date, months: int) -> str:
    number = (day.month - 1) // months + 1
    return {12: f"{day:%Y}", 3: f"{day:%Y}Q{number}", 2: f"{day:%Y}M{number}", 1: f"{day:%Y-%m}"}[months]
