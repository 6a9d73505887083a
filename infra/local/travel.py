"""The travelling clock: waiting periods pass, and no rule is shortened. Only a local system has one."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from infra.local.trouble import Trouble
from shared import clock

UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}
MORNING = timedelta(hours=9)
"""Travelling to a day arrives at nine in the morning in Shanghai."""


def read(file: Path) -> timedelta:
    """Give how far the system's clock is ahead."""
    try:
        return timedelta(seconds=float(file.read_text(encoding="ascii") or 0))
    except FileNotFoundError:
        return timedelta()


def offset_for(word: str, current: timedelta, real_now: datetime) -> timedelta:
    """Turn `+5d`, `+3h`, `-30m`, `2026-12-31` or `reset` into the new distance; raises `Trouble`."""
    if word == "reset":
        return timedelta()
    if found := re.fullmatch(r"([+-])(\d+)([dhms])", word):
        distance = int(found[2]) * UNITS[found[3]]
        return current + distance if found[1] == "+" else current - distance
    try:
        day = date.fromisoformat(word)
    except ValueError:
        raise Trouble(f"看不懂“{word}”。可以写 +5d、+3h、-30m、2026-12-31 或 reset。") from None
    return clock.start_of(day) + MORNING - real_now


def set_clock(file: Path, word: str) -> None:
    """Move the clock of a local system; every process reads the file at each look at the clock. Raises `Trouble`."""
    offset = offset_for(word, read(file), datetime.now(UTC))
    draft = file.with_name(file.name + ".new")
    draft.write_text(str(offset.total_seconds()), encoding="ascii")
    draft.rename(file)


def describe(file: Path) -> str:
    """Say in Chinese what time the system has."""
    offset = read(file)
    moment = (datetime.now(UTC) + offset).astimezone(clock.SHANGHAI)
    text = f"系统时间：{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M:%S}（北京时间）"
    return text + (f"，比实际{'快' if offset > timedelta() else '慢'} {_distance(abs(offset))}" if offset else "")


def _distance(distance: timedelta) -> str:
    """Write a distance in the units in which one travels, without those that are none."""
    seconds = round(distance.total_seconds())
    parts = {"天": seconds // 86400, "小时": seconds // 3600 % 24, "分": seconds // 60 % 60, "秒": seconds % 60}
    return "".join(f"{number} {unit} " for unit, number in parts.items() if number).strip() or "不到 1 秒"
