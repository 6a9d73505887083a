"""Adopting a scheme: for an organisation and, worked out anew, for everybody below who has one of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from services.roster.adoption import rules, store
from services.roster.adoption.domain import Decision, InForce
from services.roster.scheme import commands as schemes
from services.roster.scheme import store as versions
from services.roster.scheme.domain import SchemeRow, Settings, State, Version
from services.roster.scheme.rules import (
    WITH_DOCUMENT,
    SchemeNotFound,
    changed,
    require_agreeing,
    require_changeable,
    require_sound,
    same,
)
from shared import clock
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.events.roster import SchemeAdopted
from shared.messaging import tell


@dataclass(frozen=True)
class Choice:
    """What an organisation wants: a preset, or a version, or (neither) what its superior follows; and changes."""

    preset: str | None = None
    scheme_id: UUID | None = None
    version: int | None = None
    changes: Mapping[str, Any] | None = None


def access(conn: Connection, viewer: Viewer, permission: Permission, organization_id: UUID) -> Organization:
    """Give an organisation whose scheme the viewer may deal with. Raises `NotAllowed`, `OrganizationNotFound`."""
    return require(conn, viewer, permission, organization_id)


def adopt(conn: Connection, viewer: Viewer, permission: Permission, organization_id: UUID, choice: Choice) -> InForce:
    """Let an organisation follow a scheme from now on; what already runs keeps the version it began with.

    Raises `NotAllowed`, `BasisGiven`, `SchemeNotFound`, `PresetNotFound`, `VersionDraft`, `AdaptationFixed`,
    `NothingToAdopt`, `SettingsInvalid`, `SettingClosed` (with every closed setting).
    """
    organization = access(conn, viewer, permission, organization_id)
    versions.lock_schemes(conn, viewer.tenant_id)
    above = version_above(conn, organization)
    basis = _basis(conn, viewer, choice)
    if basis is not None and above is not None and (basis.scheme_id, basis.version) == (above.scheme_id, above.version):
        basis = None
    start = rules.basis(basis, above)
    changes = dict(choice.changes or {})
    require_sound(changes)
    require_changeable(changes)
    wish = _wish(organization, start, changes)
    require_agreeing(start.settings, wish)
    if above is not None:
        rules.require_open(above.settings, wish)
    _decide(conn, viewer, organization, basis, above, changes)
    _renew_below(conn, viewer, organization)
    return following(conn, organization)


def renew(conn: Connection, viewer: Viewer, organization: Organization) -> None:
    """Work out anew what an organisation and those below it follow, after it moved to another superior."""
    versions.lock_schemes(conn, viewer.tenant_id)
    _renew(conn, viewer, organization)
    _renew_below(conn, viewer, organization)


def _renew_below(conn: Connection, viewer: Viewer, organization: Organization) -> None:
    for below in store.list_adopted_below(conn, organization):
        _renew(conn, viewer, below)


def adjust(
    conn: Connection, viewer: Viewer, permission: Permission, organization_id: UUID, values: Mapping[str, Any]
) -> InForce:
    """Let an organisation keep its scheme with these values; those that the scheme has anyway are no changes.

    Raises what `adopt` does.
    """
    organization = access(conn, viewer, permission, organization_id)
    decision = store.find_decision(conn, viewer.tenant_id, organization_id)
    above = version_above(conn, organization)
    chosen = Choice(scheme_id=decision.basis_id, version=decision.basis_version) if decision else Choice()
    start = rules.basis(_basis(conn, viewer, chosen), above)
    require_sound(values)
    changes = {key: value for key, value in values.items() if not same(key, start.settings[key].value, value)}
    return adopt(conn, viewer, permission, organization_id, replace(chosen, changes=changes))


def adjustable(now: Version, above: Version | None) -> list[str]:
    """List the settings that an organisation which follows `now` may change; what goes with the document is none."""
    return [key for key in now.settings if key not in WITH_DOCUMENT and (above is None or above.settings[key].open)]


def _basis(conn: Connection, viewer: Viewer, choice: Choice) -> Version | None:
    if choice.preset and (choice.scheme_id or choice.version):
        raise rules.BasisGiven
    if choice.preset:
        return schemes.install(conn, viewer, choice.preset)
    if choice.scheme_id is None:
        return None
    if choice.version is None:
        return newest_published(conn, viewer.tenant_id, choice.scheme_id)
    version = versions.get_version(conn, viewer.tenant_id, choice.scheme_id, choice.version)
    rules.require_published(version)
    return version


def newest_published(conn: Connection, tenant_id: UUID, scheme_id: UUID) -> Version:
    """Give the newest version of a scheme that can be adopted. Raises `SchemeNotFound`."""
    for version in versions.list_versions(conn, tenant_id, scheme_id):
        if version.state is State.PUBLISHED:
            return version
    raise SchemeNotFound


def _wish(organization: Organization, basis: Version, changes: Mapping[str, Any]) -> Settings:
    return changed(basis.settings, changes, f"{organization.name}调整。")


def _renew(conn: Connection, viewer: Viewer, organization: Organization) -> None:
    """Work out anew what comes of an organisation's own decision, after something above it changed."""
    decision = store.find_decision(conn, organization.tenant_id, organization.id)
    above = version_above(conn, organization) if decision else None
    if above is None or decision is None:
        return
    basis = None
    if decision.basis_id is not None and decision.basis_version is not None:
        basis = versions.get_version(conn, organization.tenant_id, decision.basis_id, decision.basis_version)
    _decide(conn, viewer, organization, basis, above, dict(decision.changes))


def _decide(
    conn: Connection,
    viewer: Viewer,
    organization: Organization,
    basis: Version | None,
    above: Version | None,
    changes: dict[str, Any],
) -> None:
    """Put the outcome of a decision in force and tell it, unless it is what is in force already."""
    start = rules.basis(basis, above)
    settings = rules.effective(above.settings if above else None, _wish(organization, start, changes))
    outcome = start if settings == start.settings else _adaptation(conn, viewer, organization, start, settings)
    now = store.find_in_force(conn, organization)
    last = store.find_decision(conn, organization.tenant_id, organization.id)
    basis_id, basis_version = (basis.scheme_id, basis.version) if basis else (None, None)
    if (
        now is not None
        and last is not None
        and now.organization_id == organization.id
        and (now.scheme_id, now.scheme_version) == (outcome.scheme_id, outcome.version)
        and (last.basis_id, last.basis_version, dict(last.changes)) == (basis_id, basis_version, changes)
    ):
        return
    number = store.last_adoption(conn, organization.tenant_id, organization.id) + 1
    moment = clock.now()
    decision = Decision(
        organization.tenant_id, organization.id, number, basis_id, basis_version, changes, viewer.id, moment
    )
    store.save_decision(conn, decision)
    _publish(conn, organization, number, outcome)


def _adaptation(
    conn: Connection, viewer: Viewer, organization: Organization, start: Version, settings: Settings
) -> Version:
    """Give settings that are no scheme's a scheme of their own, so that results can name what they ran under."""
    moment = clock.now()
    scheme_id = uuid5(organization.id, "adaptation")
    known = versions.list_versions(conn, organization.tenant_id, scheme_id)
    if known and known[0].settings == settings and known[0].document == start.document:
        return known[0]
    name = f"{start.name.partition('（')[0]}（{organization.name}调整）"
    versions.save_scheme(conn, SchemeRow(organization.tenant_id, scheme_id, name, None, organization.id, moment))
    version = replace(
        start,
        scheme_id=scheme_id,
        version=len(known) + 1,
        name=name,
        preset=None,
        organization_id=organization.id,
        settings=settings,
        made_at=moment,
        published_at=moment,
    )
    versions.save_version(conn, version, viewer.id)
    return version


def _publish(conn: Connection, organization: Organization, number: int, outcome: Version) -> None:
    facts = {
        "organization_id": organization.id,
        "version": number,
        "scheme_id": outcome.scheme_id,
        "scheme_version": outcome.version,
        "name": outcome.name,
        "document": str(outcome.document),
        "settings": outcome.values(),
    }
    directory.save_adoption(conn, organization.tenant_id, facts)
    tell(conn, SchemeAdopted, tenant_id=organization.tenant_id, subject=organization.id, **facts)


def version_above(conn: Connection, organization: Organization) -> Version | None:
    """Give the version that the nearest superior with an adoption follows."""
    found = store.find_in_force(conn, organization, itself=False)
    if found is None:
        return None
    return versions.get_version(conn, organization.tenant_id, found.scheme_id, found.scheme_version)


def following(conn: Connection, organization: Organization) -> InForce:
    """Give what an organisation follows, its own or inherited. Raises `NothingToAdopt`."""
    found = store.find_in_force(conn, organization)
    if found is None:
        raise rules.NothingToAdopt
    return found
