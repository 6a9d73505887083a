"""What comes out of a wish below a parent (R-231): closed settings stay the parent's, at every depth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.adoption import rules
from services.roster.scheme import presets
from services.roster.scheme.domain import Made
from services.roster.scheme.rules import changed, complete, differing
from shared.scheme import SETTINGS

KEYS = [setting.key for setting in SETTINGS]
COUNTS = [setting.key for setting in SETTINGS if setting.kind == "count"]
LEAST = max(setting.least for setting in SETTINGS)
flags = st.lists(st.booleans(), min_size=len(KEYS), max_size=len(KEYS))


def scheme(opens: list[bool]) -> dict[str, Made]:
    """The preset's values with settings left open at will."""
    base = presets.get("zky2013").settings
    return {key: Made(base[key].value, base[key].source, is_open) for key, is_open in zip(KEYS, opens, strict=True)}


changes = st.dictionaries(st.sampled_from(COUNTS), st.integers(LEAST, 60))


@given(flags, changes)
def test_a_closed_setting_always_has_the_parent_s_value(opens: list[bool], wished: dict[str, int]) -> None:
    """R-231"""
    parent = scheme(opens)
    outcome = rules.effective(parent, changed(parent, wished, "本组织调整。"))
    for key in KEYS:
        if not parent[key].open:
            assert outcome[key] == parent[key]
        elif key in wished:
            assert outcome[key].value == wished[key]
        else:
            assert outcome[key].value == parent[key].value


@given(flags, flags, changes)
def test_what_is_closed_above_is_closed_for_ever_below(
    upper: list[bool], lower: list[bool], wished: dict[str, int]
) -> None:
    parent = scheme(upper)
    child = rules.effective(parent, scheme(lower))
    grandchild = rules.effective(child, changed(child, wished, "再调整。"))
    for key in KEYS:
        assert not (grandchild[key].open and not parent[key].open)
        if not parent[key].open:
            assert grandchild[key].value == parent[key].value


@given(flags, changes)
def test_working_it_out_twice_gives_the_same(opens: list[bool], wished: dict[str, int]) -> None:
    parent = scheme(opens)
    once = rules.effective(parent, changed(parent, wished, "调整。"))
    assert rules.effective(parent, once) == once


@given(flags, changes)
def test_a_wish_is_refused_exactly_when_it_changes_a_closed_setting(opens: list[bool], wished: dict[str, int]) -> None:
    parent = scheme(opens)
    wish = changed(parent, wished, "调整。")
    barred = [key for key in differing(parent, wish) if not parent[key].open]
    if barred:
        with pytest.raises(rules.SettingClosed) as refused:
            rules.require_open(parent, wish)
        assert len(refused.value.details) == len(barred)
    else:
        rules.require_open(parent, wish)


def test_who_closes_an_open_setting_closes_it_for_those_below() -> None:
    """R-231"""
    parent = scheme([True] * len(KEYS))
    child = rules.effective(parent, {**parent, COUNTS[0]: Made(60, "本组织规定。", False)})
    assert child[COUNTS[0]] == Made(60, "本组织规定。", False)
    assert all(made.open for key, made in child.items() if key != COUNTS[0])
    assert rules.effective(child, changed(child, {COUNTS[0]: 30}, "再调整。"))[COUNTS[0]] == child[COUNTS[0]]


def test_without_a_superior_everything_is_as_wished() -> None:
    wish = presets.get("zjy2013").settings
    assert rules.effective(None, wish) == wish


def test_what_a_document_rests_on_goes_with_the_document() -> None:
    """R-282: under a version from before the setting there was one, another document may be adopted all the same."""
    old = {key: made for key, made in presets.get("zky2013").settings.items() if key != "basis.documents"}
    wish = presets.get("zjy2013").settings
    outcome = rules.effective(complete(old), wish)
    assert outcome["basis.documents"].value == wish["basis.documents"].value
    assert "basis.documents" not in rules.closed(complete(old), wish)
