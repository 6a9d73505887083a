"""What a scheme may be, and what may be done with its versions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from services.roster.scheme.domain import Made, Settings, State, Version
from shared.errors import Invalid, NotFound, RuleBroken
from shared.scheme import SETTINGS, conflicts, faults
from shared.scheme.settings import BY_KEY

WITH_DOCUMENT = frozenset({"basis.documents"})
"""What goes with a scheme's own document (R-282): it changes by adopting another, never by itself."""
UNTOLD = "依据文件未规定，取通行做法：本系统的默认值。"


class SchemeNotFound(NotFound):
    """没有这个制度方案或版本。"""


class PresetNotFound(NotFound):
    """没有这个预置方案。"""


class SettingsInvalid(Invalid):
    """制度方案的设置有误。"""


class VersionPublished(RuleBroken):
    """已发布的版本不能修改；请另建新版本。"""


class DraftExists(RuleBroken):
    """这个方案已有一份草稿，请先发布或放弃它。"""


class AdaptationFixed(RuleBroken):
    """这是某个组织调整出来的方案，只随该组织的采用而变；请到该组织处调整。"""


class PresetFixed(RuleBroken):
    """预置方案保持原文，不能修改；请以它为底另建本校的方案。"""


class DocumentNeeded(RuleBroken):
    """发布以前，请写明方案依据的文件标题。"""


def complete(settings: Settings) -> dict[str, Made]:
    """Give every setting: what a scheme does not make has the default, closed, with the default's reason.

    Only what a scheme's document rests on (R-282) is open: it goes with the document, whatever the superior follows.
    """
    return {
        setting.key: settings.get(setting.key, Made(setting.default, UNTOLD, setting.key in WITH_DOCUMENT))
        for setting in SETTINGS
    }


def require_good(values: Mapping[str, Any]) -> None:
    """Refuse values that no whole scheme can have. Raises `SettingsInvalid` with all that is wrong."""
    require_sound(values)
    if wrong := conflicts(values):
        raise SettingsInvalid(details=wrong)


def require_sound(values: Mapping[str, Any]) -> None:
    """Refuse values that are wrong whatever a scheme's other settings say. Raises `SettingsInvalid` with all."""
    wrong = faults(values)
    numbers = [] if wrong else [item["number"] for item in values.get("eligibility.conditions", [])]
    if len(set(numbers)) < len(numbers):
        wrong.append("“不能评选的情形”的序号有重复。")
    if wrong:
        raise SettingsInvalid(details=wrong)


def require_changeable(keys: Iterable[str]) -> None:
    """Refuse changes of what goes with the document. Raises `SettingsInvalid`."""
    if wrong := [f"“{BY_KEY[key].title}”随方案的依据文件确定，不能单独调整。" for key in keys if key in WITH_DOCUMENT]:
        raise SettingsInvalid(details=wrong)


def doubts(values: Mapping[str, Any]) -> list[str]:
    """List what is wrong with settings that are in force all the same, as an earlier release took them."""
    return faults(values) or conflicts(values)


def require_agreeing(before: Settings, after: Settings) -> None:
    """Refuse contradictions that a change brings in; what was adopted with one before may still be changed otherwise.

    Raises `SettingsInvalid` with the new ones.
    """
    known, found = (dict.fromkeys(conflicts(values(each))) for each in (before, after))
    if wrong := [text for text in found if text not in known]:
        raise SettingsInvalid(details=wrong)


def values(settings: Settings) -> dict[str, Any]:
    """Give the values alone."""
    return {key: made.value for key, made in settings.items()}


def same(key: str, one: Any, other: Any) -> bool:
    """Say whether two values of a setting mean the same: 15/100 is 3/20."""
    if BY_KEY[key].kind == "fraction":
        return Fraction(one) == Fraction(other)
    return bool(one == other)


def changed(settings: Settings, changes: Mapping[str, Any], source: str) -> dict[str, Made]:
    """Give settings with some values changed; the changed ones rest on another source.

    The values are taken as they are: what an earlier release let somebody decide stays decided.
    """
    return {
        key: replace(made, value=changes[key], source=source)
        if key in changes and not same(key, changes[key], made.value)
        else made
        for key, made in settings.items()
    }


def differing(one: Settings, other: Settings) -> list[str]:
    """List the keys whose values differ, in the order of the settings."""
    return [key for key in BY_KEY if not same(key, one[key].value, other[key].value)]


def unsourced(before: Settings, after: Settings) -> list[str]:
    """List the titles of settings whose value changed while their source stayed: does it say the new value, too?"""
    return [BY_KEY[key].title for key in differing(before, after) if before[key].source == after[key].source]


def require_draft(version: Version) -> None:
    """Refuse to change what is published. Raises `VersionPublished`."""
    if version.state is not State.DRAFT:
        raise VersionPublished


def require_own(version: Version) -> None:
    """Refuse new versions of a preset, or of what follows from an adoption. Raises `PresetFixed`, `AdaptationFixed`."""
    if version.preset is not None:
        raise PresetFixed
    if version.organization_id is not None:
        raise AdaptationFixed


def require_publishable(version: Version) -> None:
    """Refuse to publish what names no document or cannot be a scheme. Raises `DocumentNeeded`, `SettingsInvalid`."""
    if not version.document.title.strip():
        raise DocumentNeeded
    require_good(version.values())


def require_known(keys: Iterable[str]) -> None:
    """Refuse settings that do not exist. Raises `SettingsInvalid`."""
    if unknown := [key for key in keys if key not in BY_KEY]:
        raise SettingsInvalid(details=[f"没有“{key}”这项设置。" for key in unknown])


def require_no_draft(states: Iterable[State]) -> None:
    """Refuse a second draft. Raises `DraftExists`."""
    if State.DRAFT in states:
        raise DraftExists
