"""What a list of holidays and make-up working days must look like."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shared.errors import Invalid


@dataclass(frozen=True)
class Entry:
    """A day that is free though it would be worked, or worked though it would be free."""

    day: date
    working: bool
    note: str


class CalendarWrong(Invalid):
    """放假安排有误，没有载入。"""


def check(entries: Sequence[Entry], *, faults: Sequence[str] = ()) -> None:
    """Refuse an empty list, a day named twice, and faults found while reading. Raises `CalendarWrong` with all."""
    found = list(faults)
    if not entries and not found:
        found.append("没有任何日期。")
    twice = [day for day, count in Counter(entry.day for entry in entries).items() if count > 1]
    found += [f"{day.isoformat()} 出现了不止一次。" for day in sorted(twice)]
    if found:
        raise CalendarWrong(details=found)
