"""What a scheme may be and what may be done with its versions: each refusal, and what passes it (R-281, R-282)."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from services.roster.adoption import rules as adoption
from services.roster.scheme import presets, rules
from services.roster.scheme.domain import Document, Made, State, Version
from shared.scheme import SETTINGS

NOW = datetime(2013, 4, 1, tzinfo=UTC)
PRESET = presets.get("zjy2013")
FEW, MANY = Made(3, "“三天。”", True), Made(5, "“三天。”", True)


def version(**changes: Any) -> Version:
    made = Version(
        UUID(int=1), UUID(int=2), 1, "本校方案", None, None, State.DRAFT, Document("", "关于评选的通知", None),
        PRESET.settings, NOW, None,
    )  # fmt: skip
    return replace(made, **changes)


def settings(**made: Made) -> dict[str, Made]:
    """The preset's settings, some changed: by key with a double underscore for the dot."""
    return {**PRESET.settings, **{key.replace("__", "."): one for key, one in made.items()}}


def refused(values: dict[str, Any]) -> list[Any]:
    with pytest.raises(rules.SettingsInvalid) as found:
        rules.require_good(values)
    return list(found.value.details)


def test_what_a_scheme_does_not_make_is_the_default_and_closed() -> None:
    """R-282: only what its document rests on is open."""
    whole = rules.complete({"after.filing_days": FEW})
    assert list(whole) == [setting.key for setting in SETTINGS]
    assert whole["after.filing_days"] is FEW
    assert whole["after.notice_days"] == Made(5, rules.UNTOLD, False)
    assert [key for key, made in whole.items() if made.open] == ["basis.documents", "after.filing_days"]


def test_values_are_refused_with_all_that_is_wrong() -> None:
    rules.require_good(version().values())
    assert len(refused({**version().values(), "after.filing_days": -1, "ballot.base": "everybody"})) == 2


def test_a_condition_has_a_number_of_its_own() -> None:
    """R-151"""
    one = {"number": 1, "text": "甲", "sensitive": False, "computed": None}
    values = version().values()
    assert refused({**values, "eligibility.conditions": [one, one]}) == ["“不能评选的情形”的序号有重复。"]
    rules.require_sound({"eligibility.conditions": [one, {**one, "number": 2}]})
    assert refused({**values, "eligibility.conditions": ["甲"]}) == ["“不能评选的情形”的值不合要求。"]
    rules.require_sound({})


def test_what_goes_with_the_document_is_not_changed_by_itself() -> None:
    """R-282"""
    rules.require_changeable(["after.filing_days"])
    with pytest.raises(rules.SettingsInvalid) as found:
        rules.require_changeable(["after.filing_days", "basis.documents"])
    assert found.value.details == ["“上级文件”随方案的依据文件确定，不能单独调整。"]


def test_settings_that_do_not_exist_are_named() -> None:
    rules.require_known(["after.filing_days"])
    with pytest.raises(rules.SettingsInvalid) as found:
        rules.require_known(["after.filing_days", "a.b", "c.d"])
    assert found.value.details == ["没有“a.b”这项设置。", "没有“c.d”这项设置。"]


def test_fractions_are_the_same_however_they_are_written() -> None:
    assert rules.same("ballot.ratio", "15/100", "3/20")
    assert not rules.same("ballot.ratio", "15/100", "1/5")
    assert rules.same("after.filing_days", 3, 3)
    assert not rules.same("after.filing_days", 3, 5)


def test_a_change_brings_its_own_source_and_what_stays_keeps_its() -> None:
    before = settings(after__filing_days=FEW, ballot__ratio=Made("15/100", "“15％”", True))
    after = rules.changed(before, {"after.filing_days": 5, "ballot.ratio": "3/20"}, "本校调整。")
    assert after["after.filing_days"] == Made(5, "本校调整。", True)
    assert after["ballot.ratio"] == before["ballot.ratio"]
    assert rules.differing(before, after) == ["after.filing_days"]


def test_a_value_that_changed_under_its_old_source_is_pointed_out() -> None:
    """R-281"""
    before = settings(after__filing_days=FEW)
    assert rules.unsourced(before, settings(after__filing_days=MANY)) == ["备案期限（工作日）"]
    assert rules.unsourced(before, settings(after__filing_days=replace(MANY, source="“五天。”"))) == []
    assert rules.unsourced(before, before) == []


def test_a_published_version_stays_and_a_draft_is_not_adopted() -> None:
    published = version(state=State.PUBLISHED)
    rules.require_draft(version())
    adoption.require_published(published)
    with pytest.raises(rules.VersionPublished):
        rules.require_draft(published)
    with pytest.raises(adoption.VersionDraft):
        adoption.require_published(version())


def test_presets_and_adaptations_have_no_versions_by_hand() -> None:
    rules.require_own(version())
    with pytest.raises(rules.PresetFixed):
        rules.require_own(version(preset="zjy2013"))
    with pytest.raises(rules.AdaptationFixed):
        rules.require_own(version(organization_id=UUID(int=3)))


def test_what_is_published_names_its_document_and_is_a_scheme() -> None:
    """R-281"""
    rules.require_publishable(version())
    with pytest.raises(rules.DocumentNeeded):
        rules.require_publishable(version(document=Document("浙金院党〔2013〕11号", "  ", None)))
    with pytest.raises(rules.SettingsInvalid):
        rules.require_publishable(version(settings=settings(after__filing_days=replace(FEW, value=-1))))


def test_a_scheme_has_one_draft() -> None:
    rules.require_no_draft([State.PUBLISHED, State.PUBLISHED])
    rules.require_no_draft([])
    with pytest.raises(rules.DraftExists):
        rules.require_no_draft([State.PUBLISHED, State.DRAFT])


def test_contradictions_of_before_do_not_keep_from_other_changes_and_new_ones_are_refused() -> None:
    """R-130: pooled places are neither carried over nor counted from who came."""
    pooled = settings(ballot__pooling=Made(True, "", True))
    torn = {**pooled, "ballot.carry": Made(True, "", True)}
    twice = {**torn, "ballot.base": Made("present", "", True)}
    rules.require_agreeing(torn, {**torn, "after.filing_days": MANY})
    rules.require_agreeing(torn, pooled)
    for before, after in ((pooled, torn), (torn, twice)):
        with pytest.raises(rules.SettingsInvalid) as found:
            rules.require_agreeing(before, after)
        assert found.value.details == [text for text in rules.doubts(rules.values(after))
                                       if text not in rules.doubts(rules.values(before))]  # fmt: skip
        assert len(found.value.details) == 1


def test_settings_in_force_are_doubted_by_themselves_first() -> None:
    assert rules.doubts(version().values()) == []
    torn = {"after.filing_days": -1, "ballot.pooling": True, "ballot.carry": True}
    assert rules.doubts(torn) == ["“备案期限（工作日）”的值不合要求。"]
    assert len(rules.doubts({"ballot.pooling": True, "ballot.carry": True})) == 1
    assert refused({**version().values(), "ballot.pooling": True, "ballot.carry": True}) == [
        "名额由党总支统筹分配的，小数部分不能再由各支部累计到下一季度。"
    ]


def test_one_begins_with_what_was_chosen_else_with_the_superior_s() -> None:
    """R-231"""
    chosen, above = version(), version(scheme_id=UUID(int=4), organization_id=UUID(int=3))
    assert adoption.basis(chosen, above) is chosen
    assert adoption.basis(None, above) is above
    with pytest.raises(adoption.NothingToAdopt):
        adoption.basis(None, None)
    with pytest.raises(rules.AdaptationFixed):
        adoption.basis(above, None)
