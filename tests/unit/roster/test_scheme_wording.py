"""Settings in Chinese, and back: a form filled with what is in force changes nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from services.roster.scheme import presets, wording
from shared.scheme import SETTINGS
from shared.scheme.settings import BY_KEY


def posted(values: dict[str, object]) -> MultiDict[str, str]:
    """What a browser sends of a form that shows these values."""
    form: MultiDict[str, str] = MultiDict()
    for key, value in values.items():
        match BY_KEY[key].kind:
            case "flag":
                form.add(key, "1" if value else "0")
            case "choice" | "text" | "count":
                form.add(key, str(value))
            case "choices":
                form.setlist(key, list(value))  # type: ignore[call-overload]
            case _:
                form.add(key, wording.typed(BY_KEY[key], value))
    return form


@pytest.mark.parametrize("code", ["zjy2013", "zky2013"])
def test_a_form_sent_as_it_was_shown_gives_the_same_settings(code: str) -> None:
    values = {key: made.value for key, made in presets.get(code).settings.items()}
    keys = [setting.key for setting in SETTINGS]
    read = wording.read(posted(values), keys)
    # 15/100 and 3/20 are the same share
    assert {key: wording.lines(BY_KEY[key], value) for key, value in read.items()} == {
        key: wording.lines(BY_KEY[key], value) for key, value in values.items()
    }


@given(st.fractions(0, 1, max_denominator=1000))
def test_a_share_is_read_back_exactly(fraction: Fraction) -> None:
    setting = BY_KEY["ballot.ratio"]
    text = wording.typed(setting, str(fraction))
    assert wording.read(MultiDict({"ballot.ratio": text}), ["ballot.ratio"]) == {"ballot.ratio": str(fraction)}


def test_shares_are_written_as_people_write_them() -> None:
    assert [wording.share(text) for text in ("15/100", "1/8", "1/3", "1/2")] == ["15%", "12.5%", "1/3", "50%"]


def test_all_fields_that_make_no_sense_are_named_at_once() -> None:
    form = MultiDict({"ballot.ratio": "许多", "after.notice_days": "五", "register.focus": "没有冒号"})
    with pytest.raises(wording.ValueUnread) as refused:
        wording.read(form, list(form))
    assert len(refused.value.details) == 3


def test_a_zero_that_switches_something_off_says_so() -> None:
    assert wording.lines(BY_KEY["ballot.maximum_share"], "0") == ["不限"]
    assert wording.lines(BY_KEY["after.notice_days"], 0) == ["只公布"]
    assert wording.lines(BY_KEY["after.notice_days"], 5) == ["5"]
