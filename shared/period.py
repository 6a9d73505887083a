"""Quarters: 2013Q1 and what is before, after and inside; and days some months away."""

import re
from calendar import monthrange
from datetime import date, timedelta

PATTERN = re.compile(r"^(?P<year>[12][0-9]{3})Q(?P<quarter>[1-4])(?!\n)$")
"""One writing of a quarter, as it is stored and compared: plain digits, no line end, a year that a calendar has."""


def of(day: date) -> str:
    """Give the quarter of a day: 2013-04-01 → 2013Q2."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def first_day(period: str) -> date:
    """Give the first day of a quarter. Raises `ValueError`."""
    year, quarter = parse(period)
    return date(year, quarter * 3 - 2, 1)


def last_day(period: str) -> date:
    """Give the last day of a quarter. Raises `ValueError`."""
    return months_after(first_day(period), 3) - timedelta(days=1)


def following(period: str) -> str:
    """Give the quarter after."""
    year, quarter = parse(period)
    return f"{year + quarter // 4}Q{quarter % 4 + 1}"


def previous(period: str) -> str:
    """Give the quarter before."""
    year, quarter = parse(period)
    return f"{year - (quarter == 1)}Q{(quarter - 2) % 4 + 1}"


def months_after(day: date, months: int) -> date:
    """Give the day some months later, or earlier; at the end of a shorter month, that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def parse(period: str) -> tuple[int, int]:
    """Give year and quarter. Raises `ValueError`."""
    match = PATTERN.match(period)
    if not match:
        raise ValueError(f"{period!r} is not a quarter")
    return int(match["year"]), int(match["quarter"])
