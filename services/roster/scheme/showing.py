"""How a version is laid out on a page: its label, its settings in groups, the rules of its ballot."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from services.roster.scheme import presets, rules, store, wording
from services.roster.scheme.domain import Preset, Settings, Version
from shared.auth import Viewer
from shared.db import Connection
from shared.scheme import SETTINGS, Setting
from shared.scheme.scheme import Ballot, of


@dataclass(frozen=True)
class Line:
    """A setting on a page."""

    setting: Setting
    lines: list[str]
    typed: str
    """the value as a form shows it"""
    source: str
    open: bool


def groups(settings: Settings, keys: Collection[str] | None = None) -> list[tuple[str, list[Line]]]:
    """Arrange settings (those with the keys, else all) under their headings, each value in Chinese."""
    found = []
    for group, title in wording.GROUPS.items():
        lines = [
            Line(
                setting, wording.lines(setting, made.value), wording.typed(setting, made.value), made.source, made.open
            )
            for setting in SETTINGS
            if setting.key.startswith(f"{group}.") and (keys is None or setting.key in keys)
            for made in [settings[setting.key]]
        ]
        found.append((title, lines))
    return [(title, lines) for title, lines in found if lines]


def ballot(version: Version | Preset) -> Ballot:
    """Give the rules of the ballot under a version."""
    values = {key: made.value for key, made in version.settings.items()}
    return of(UUID(int=0), 0, version.name, str(version.document), values).ballot


def find(conn: Connection, viewer: Viewer, given: str) -> Version | Preset:
    """Give what a reference (`given`) names: a preset's code, or `<scheme id>/<version>`. Raises `SchemeNotFound`."""
    if given in presets.every():
        return presets.get(given)
    scheme_id, _, number = given.partition("/")
    try:
        return store.get_version(conn, viewer.tenant_id, UUID(scheme_id), int(number))
    except ValueError as error:
        raise rules.SchemeNotFound from error


def reference(version: Version | Preset) -> str:
    """Write what `find` finds again."""
    return version.code if isinstance(version, Preset) else f"{version.scheme_id}/{version.version}"


def label(version: Version | Preset) -> str:
    """Write 浙科院2013 第1版."""
    return f"{version.name}（预置）" if isinstance(version, Preset) else f"{version.name} 第{version.version}版"
