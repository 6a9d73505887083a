"""The only place that reads the clock: the time now, the day today in Asia/Shanghai, quarters and their names.

A local runner may set `CLOCK_FILE` to a file that holds a number of seconds to add, so that waiting periods can pass
without shortening a rule. A deployment that does not set the variable cannot travel.
"""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Give the present moment, aware, in UTC."""
    return datetime.now(UTC) + offset()


def real() -> datetime:
    """Give the machine's own time, for what must not travel: how long a sign-in lasts."""
    return datetime.now(UTC)


def today() -> date:
    """Give the present day as it is in Asia/Shanghai."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Give the day in Asia/Shanghai on which an aware moment falls."""
    return moment.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """Give the first moment of a day in Asia/Shanghai."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def offset() -> timedelta:
    """Give how far the local runner has travelled; zero where `CLOCK_FILE` is not set or empty."""
    path = os.environ.get("CLOCK_FILE")
    if not path:
        return timedelta()
    try:
        return timedelta(seconds=float(Path(path).read_text(encoding="ascii") or 0))
    except FileNotFoundError:
        return timedelta()
