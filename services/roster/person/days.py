"""Days that are known to the day, the month or the year: 入党时间 is often just 2013.4 (requirements 4.4)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.period import months_after

_FORMS = (
    re.compile(r"^(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?$"),
    re.compile(r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})$"),
    re.compile(r"^(?P<y>\d{4})[-/.年](?P<m>\d{1,2})月?$"),
    re.compile(r"^(?P<y>\d{4})(?P<m>\d{2})$"),
    re.compile(r"^(?P<y>\d{4})年?$"),
)
_SERIAL = re.compile(r"^\d{4,5}(\.0+)?$")
_EPOCH = date(1899, 12, 30)
"""Excel counts days from here (for every day after February 1900)."""
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)


class Precision(StrEnum):
    """How exactly a day is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Day:
    """A day and how exactly it is known; of a month or a year it is the first."""

    on: date
    precision: Precision = Precision.DAY

    @property
    def last(self) -> date:
        """Give the last day that it may mean."""
        if self.precision is Precision.DAY:
            return self.on
        return months_after(self.on, 1 if self.precision is Precision.MONTH else 12) - timedelta(days=1)

    def since(self, known: date | None, today: date) -> date:
        """Give the day from which time runs against somebody: the last that it may mean, and none to come.

        A day that is `known` already and may be meant stands, so that the same words do not move it from day to day.
        """
        last = max(self.on, min(self.last, today))
        return known if known and self.on <= known <= last else last

    def __str__(self) -> str:
        """Write 2013年4月1日, 2013年4月 or 2013年."""
        text = f"{self.on.year}年"
        if self.precision is not Precision.YEAR:
            text += f"{self.on.month}月"
        return text + f"{self.on.day}日" if self.precision is Precision.DAY else text


def parse(given: object) -> Day:
    """Read a day from a cell or a form: a date, an Excel serial, 2013-04-01, 2013.4, 201304, 2013年4月.

    Raises `ValueError` when it is none of these, or lies outside 1900–2100.
    """
    day = _parse(given)
    if not EARLIEST <= day.on < LATEST:
        raise ValueError(f"{given!r} is out of range")
    return day


def _parse(given: object) -> Day:
    if isinstance(given, datetime):
        return Day(given.date())
    if isinstance(given, date):
        return Day(given)
    text = re.sub(r"\s", "", str(given)).removesuffix("00:00:00")
    if text.endswith(".0"):
        text = text[:-2]
    for form in _FORMS[:-1]:
        if match := form.match(text):
            return _made(match)
    # A bare number of four or five digits is a year when it can be one, else a serial.
    if (match := _FORMS[-1].match(text)) and 1900 <= int(match["y"]) < 2100:
        return _made(match)
    if _SERIAL.match(text):
        return Day(_EPOCH + timedelta(days=int(float(text))))
    raise ValueError(f"{given!r} is no day")


def _made(match: re.Match[str]) -> Day:
    found = match.groupdict()
    if found.get("d"):
        return Day(date(int(found["y"]), int(found["m"]), int(found["d"])))
    if found.get("m"):
        return Day(date(int(found["y"]), int(found["m"]), 1), Precision.MONTH)
    return Day(date(int(found["y"]), 1, 1), Precision.YEAR)
