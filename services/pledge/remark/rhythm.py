"""The periods of 督诺: quarters as 2013Q1, months as 2013-04; pure."""

import re
from datetime import date

from shared import period as quarters
from shared.errors import Invalid
from shared.web.words import period as quarter_named

PATTERN = re.compile(r"^\d{4}(Q[1-4]|-(0[1-9]|1[0-2]))$")


class BadPeriod(Invalid):
    """周期的写法应如 2013Q1 或 2013-04。"""


def check(period: str) -> str:
    """Give a period as it came. Raises `BadPeriod`."""
    if not PATTERN.match(period) or not 2000 <= year(period) <= 2200:
        raise BadPeriod
    return period


def of(day: date, rhythm: str) -> str:
    """Give the period of a day; what has no rhythm (none) is kept by quarters."""
    return f"{day:%Y-%m}" if rhythm == "month" else quarters.of(day)


def year(period: str) -> int:
    """Give the year of a period."""
    return int(period[:4])


def first_day(period: str) -> date:
    """Give the first day."""
    return quarters.first_day(period) if "Q" in period else date.fromisoformat(f"{period}-01")


def last_day(period: str) -> date:
    """Give the last day."""
    return date.fromordinal(first_day(following(period)).toordinal() - 1)


def following(period: str) -> str:
    """Give the period after."""
    if "Q" in period:
        return quarters.following(period)
    return f"{quarters.months_after(first_day(period), 1):%Y-%m}"


def previous(period: str) -> str:
    """Give the period before."""
    if "Q" in period:
        return quarters.previous(period)
    return f"{quarters.months_after(first_day(period), -1):%Y-%m}"


def named(period: str) -> str:
    """Write 2013年第一季度 or 2013年4月."""
    return quarter_named(period) if "Q" in period else f"{period[:4]}年{int(period[5:])}月"
