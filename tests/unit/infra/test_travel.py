"""The travelling clock of the local runner."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local import travel
from infra.local.trouble import Trouble
from shared import clock

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("+5d", timedelta(days=6)),
        ("+3h", timedelta(days=1, hours=3)),
        ("-30m", timedelta(hours=23, minutes=30)),
        ("reset", timedelta()),
    ],
)
def test_a_distance_adds_to_what_was_travelled_before(word: str, expected: timedelta) -> None:
    assert travel.offset_for(word, timedelta(days=1), NOW) == expected


@given(day=st.dates())
def test_a_day_is_reached_at_nine_in_the_morning_in_shanghai(day: object) -> None:
    arrival = NOW + travel.offset_for(str(day), timedelta(days=3), NOW)

    assert arrival.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M").lstrip("0") == f"{day} 09:00".lstrip("0")


@pytest.mark.parametrize("word", ["", "5d", "+5", "+5y", "tomorrow", "2026-13-01", "+-5d"])
def test_an_unclear_word_is_refused_with_examples(word: str) -> None:
    with pytest.raises(Trouble, match=r"\+5d"):
        travel.offset_for(word, timedelta(), NOW)


def test_processes_see_the_time_that_was_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "clock"
    monkeypatch.setenv("CLOCK_FILE", str(file))
    assert clock.offset() == timedelta()

    travel.set_clock(file, "+2d")
    travel.set_clock(file, "+3d")

    assert clock.offset() == timedelta(days=5)
    assert travel.describe(file).endswith("，比实际快 5 天")


@pytest.mark.parametrize(
    ("word", "said"),
    [("+5d", "快 5 天"), ("-30m", "慢 30 分"), ("+27h", "快 1 天 3 小时"), ("-61s", "慢 1 分 1 秒")],
)
def test_the_distance_is_told_in_chinese(tmp_path: Path, word: str, said: str) -> None:
    travel.set_clock(tmp_path / "clock", word)
    assert travel.describe(tmp_path / "clock").endswith(f"，比实际{said}")
