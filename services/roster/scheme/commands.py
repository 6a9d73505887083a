"""What is done with schemes: installed from a preset, copied, drafted, published, given up."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4, uuid5

from services.roster.scheme import presets, rules, store
from services.roster.scheme.domain import Document, Made, Preset, SchemeRow, Settings, State, Version
from shared import clock
from shared.auth import Viewer
from shared.db import Connection

Entries = dict[str, dict[str, Any]]
"""{value?, source?, open?} by key of the setting."""


def install(conn: Connection, viewer: Viewer, code: str) -> Version:
    """Give the preset's newest version, entering it first where the university has not got it, or has an older file.

    Raises `PresetNotFound`.
    """
    preset = presets.get(code)
    store.lock_schemes(conn, viewer.tenant_id)
    scheme_id = uuid5(viewer.tenant_id, f"preset/{code}")
    known = store.list_versions(conn, viewer.tenant_id, scheme_id)
    if known and known[0].settings == preset.settings and known[0].document == preset.document:
        return known[0]
    store.save_scheme(conn, SchemeRow(viewer.tenant_id, scheme_id, preset.name, code, None, clock.now()))
    version = _version(scheme_id, viewer, len(known) + 1, preset)
    store.save_version(conn, version, viewer.id)
    return version


def _version(scheme_id: UUID, viewer: Viewer, number: int, preset: Preset) -> Version:
    moment = clock.now()
    return Version(
        tenant_id=viewer.tenant_id,
        scheme_id=scheme_id,
        version=number,
        name=preset.name,
        preset=preset.code,
        organization_id=None,
        state=State.PUBLISHED,
        document=preset.document,
        settings=preset.settings,
        made_at=moment,
        published_at=moment,
    )


def copy(conn: Connection, viewer: Viewer, name: str, basis: Version | Preset, document: Document) -> Version:
    """Draft a scheme of the university's own, with the settings of another one to begin with."""
    moment = clock.now()
    scheme = SchemeRow(viewer.tenant_id, uuid4(), name, None, None, moment)
    store.save_scheme(conn, scheme)
    draft = Version(
        tenant_id=viewer.tenant_id,
        scheme_id=scheme.id,
        version=1,
        name=name,
        preset=None,
        organization_id=None,
        state=State.DRAFT,
        document=document,
        settings=basis.settings,
        made_at=moment,
        published_at=None,
    )
    store.save_version(conn, draft, viewer.id)
    return draft


def draft(conn: Connection, viewer: Viewer, scheme_id: UUID) -> Version:
    """Draft the next version of a scheme from its newest.

    Raises `SchemeNotFound`, `DraftExists`, `AdaptationFixed`, `PresetFixed`.
    """
    store.lock_schemes(conn, viewer.tenant_id)
    known = store.list_versions(conn, viewer.tenant_id, scheme_id)
    if not known:
        raise rules.SchemeNotFound
    rules.require_own(known[0])
    rules.require_no_draft(version.state for version in known)
    made = replace(known[0], version=known[0].version + 1, state=State.DRAFT, made_at=clock.now(), published_at=None)
    store.save_version(conn, made, viewer.id)
    return made


def change(
    conn: Connection,
    viewer: Viewer,
    scheme_id: UUID,
    number: int,
    document: Document,
    entries: Entries,
) -> Version:
    """Change a draft: what is absent from an entry stays.

    Raises `SchemeNotFound`, `VersionPublished`, `SettingsInvalid`.
    """
    version = _draft(conn, viewer, scheme_id, number)
    made = replace(version, document=document, settings=_changed(version.settings, entries))
    store.save_version(conn, made, viewer.id)
    return made


def _changed(settings: Settings, entries: Entries) -> dict[str, Made]:
    rules.require_known(entries)
    rules.require_sound({key: entry["value"] for key, entry in entries.items() if "value" in entry})
    found = {key: replace(made, **entries.get(key, {})) for key, made in settings.items()}
    rules.require_agreeing(settings, found)
    return found


def publish(conn: Connection, viewer: Viewer, scheme_id: UUID, number: int) -> Version:
    """Make a draft final: from now on it can be adopted and never changes. Twice is once.

    Raises `SchemeNotFound`, `SettingsInvalid`.
    """
    store.lock_schemes(conn, viewer.tenant_id)
    version = store.get_version(conn, viewer.tenant_id, scheme_id, number)
    if version.state is State.PUBLISHED:
        return version
    rules.require_publishable(version)
    made = replace(version, state=State.PUBLISHED, published_at=clock.now())
    store.save_version(conn, made, viewer.id)
    return made


def discard(conn: Connection, viewer: Viewer, scheme_id: UUID, number: int) -> None:
    """Give up a draft. Raises `SchemeNotFound`, `VersionPublished`."""
    store.delete_draft(conn, _draft(conn, viewer, scheme_id, number))


def _draft(conn: Connection, viewer: Viewer, scheme_id: UUID, number: int) -> Version:
    store.lock_schemes(conn, viewer.tenant_id)
    version = store.get_version(conn, viewer.tenant_id, scheme_id, number)
    rules.require_draft(version)
    return version
