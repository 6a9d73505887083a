"""What is said in the year that is played fits every preset, and the clock only goes on."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from infra.year import cast, plan, presets, words
from services.roster.scheme import presets as shipped
from shared import clock

YEAR = 2014


def rules(code: str) -> dict[str, Any]:
    return {key: setting.value for key, setting in shipped.get(code).settings.items()}


@pytest.mark.parametrize("name", [*presets.PRESETS, *presets.PRESETS.values()])
def test_a_preset_is_known_by_its_code_and_by_its_name(name: str) -> None:
    code = presets.code_of(name)
    assert shipped.get(code).name == presets.PRESETS[code]


def test_an_unknown_preset_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(presets.UnknownPreset, match="江苏开大2012"):
        presets.code_of("浙科院2013")


@pytest.mark.parametrize("code", presets.PRESETS)
def test_every_pledge_of_the_play_fits_the_preset(code: str) -> None:
    """R-034, R-035, R-037."""
    said = rules(code)
    days = plan.of(said["pledge.window_opens"], before=said["pledge.window_before"])
    for index in range(20):
        text = words.pledge(index, YEAR, said["pledge.aspects"], days.due)
        assert len(text["headline"]) <= said["pledge.headline_length"]
        assert len(text["items"]) >= max(said["pledge.items_minimum"], said["pledge.leader_minimum"])
        assert {item["aspect"] for item in text["items"]} <= set(said["pledge.aspects"])
        assert {item["due_on"][:4] for item in text["items"]} == {str(YEAR)}


def test_time_only_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []
    monkeypatch.setattr(clock, "today", lambda: date(YEAR, 3, 1))
    played: Any = SimpleNamespace(travel=gone.append)
    one = cast.Cast(played, YEAR, {}, "", "")
    for day in ("02-20", "03-01", "06-20"):
        one.go(day)
    one.go("12-01", year=YEAR - 1)
    assert gone == [f"{YEAR}-06-20"]
    assert date.fromisoformat(gone[0]) - clock.today() > timedelta()
