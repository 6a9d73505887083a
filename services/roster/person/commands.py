"""What is done with people: entered, changed, transferred, leaving, coming back, contacted."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.roster.naming import readings
from services.roster.organization.store import lock_roster
from services.roster.person import rules, store
from services.roster.person.domain import Channel, Contact, Listed, Record, facts
from services.roster.position import commands as positions
from services.roster.session import commands as sessions
from shared import clock
from shared.auth import Permission, Reach, Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization, Person
from shared.events.roster import PersonChanged
from shared.messaging import tell


def access(conn: Connection, viewer: Viewer, permission: Permission, person_id: UUID) -> Record:
    """Give a person that the viewer may deal with. Raises `NotAllowed`, `PersonNotFound`."""
    record = store.read(conn, viewer.tenant_id, person_id)
    require(conn, viewer, permission, record.person.organization_id, person_id=person_id)
    return record


def access_for_change(conn: Connection, viewer: Viewer, permission: Permission, person_id: UUID) -> Record:
    """Give a person that the viewer may change, locked. Raises `NotAllowed`, `PersonNotFound`."""
    record = store.get(conn, viewer.tenant_id, person_id)
    require(conn, viewer, permission, record.person.organization_id, person_id=person_id)
    return record


def publish(conn: Connection, person: Person) -> None:
    """Keep a person as given, whose version was raised, and tell the other services."""
    known = facts(person)
    directory.save_person(conn, person.tenant_id, known)
    tell(conn, PersonChanged, tenant_id=person.tenant_id, subject=person.id, **known)


def keep(conn: Connection, before: Record, after: Record) -> Record:
    """Keep what became different; the other services hear only of what concerns them."""
    if after.person != before.person or before.person.version == 0:
        after = replace(after, person=replace(after.person, version=before.person.version + 1))
        publish(conn, after.person)
    if after.detail != before.detail or before.person.version == 0:
        store.save_detail(conn, after.detail)
    return after


def enter(conn: Connection, viewer: Viewer, permission: Permission, data: dict[str, Any]) -> Record:
    """Enter a person in an organisation. Raises `NotAllowed`, `NumberTaken`, `PersonUnfit`."""
    organization = require(conn, viewer, permission, data["organization_id"])
    lock_roster(conn, viewer.tenant_id)
    draft = rules.drafted(viewer.tenant_id, data["number"], data["name"], organization.id)
    after = rules.changed(draft, data)
    rules.refuse_unfit(after, organization)
    _refuse_taken(conn, after.person)
    return keep(conn, draft, after)


def change(
    conn: Connection, viewer: Viewer, permission: Permission, person_id: UUID, changes: dict[str, Any]
) -> Record:
    """Change what is known of a person, transfer them, let them leave (`active` false) or come back.

    A transfer needs the permission at the new organisation too. Who leaves loses every position and sign-in. Raises
    `NotAllowed`, `HigherOffice`, `NumberTaken`, `PersonUnfit`, `LastAdministrator`.
    """
    if "number" in changes:
        lock_roster(conn, viewer.tenant_id)
    before = access_for_change(conn, viewer, permission, person_id)
    organization = _home(conn, viewer, permission, before, changes)
    after = rules.changed(before, changes)
    if rules.touches_sign_in(before.person, after.person):
        sessions.require_lower(conn, viewer, permission, before.person)
    rules.refuse_unfit(after, organization)
    _refuse_taken(conn, after.person)
    if before.person.active and not after.person.active:
        after = leave(conn, after)
    return keep(conn, before, after)


def leave(conn: Connection, record: Record) -> Record:
    """End the positions of somebody who leaves; give the record as it then is (not yet kept)."""
    positions.end_all_of(conn, record.person, clock.today())
    return rules.gone(record)


def contact(
    conn: Connection,
    viewer: Viewer,
    permission: Permission,
    person_id: UUID,
    *,
    made_on: date,
    channel: Channel,
    by_member: bool,
) -> Contact:
    """Record a contact with a 流动党员. Raises `NotAllowed`, `NotFloating`, `ContactAhead`."""
    before = access_for_change(conn, viewer, permission, person_id)
    after = rules.contacted(before, made_on, by_member=by_member, today=clock.today())
    made = Contact(viewer.tenant_id, uuid4(), person_id, made_on, channel, by_member, viewer.id, clock.now())
    store.save_contact(conn, made)
    keep(conn, before, after)
    return made


def search(
    conn: Connection,
    viewer: Viewer,
    permission: Permission,
    *,
    query: str = "",
    organization_id: UUID | None = None,
    with_gone: bool = False,
    page: int = 1,
) -> tuple[list[Listed], int]:
    """Find people by name, number, pinyin or initials among those whose organisations the viewer may see."""
    return store.search(
        conn,
        viewer.tenant_id,
        pattern=readings.sought(query) if query.strip() else "",
        paths=patterns(viewer, permission),
        organization_id=organization_id,
        with_gone=with_gone,
        page=page,
    )


def patterns(viewer: Viewer, permission: Permission) -> list[str]:
    """Give LIKE patterns of the organisations for which the viewer holds a permission."""
    patterns = []
    for held in viewer.held:
        path = held.path.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%")
        match permission.grants.get(held.role):
            case Reach.TENANT:
                patterns.append("%")
            case Reach.WITHIN:
                patterns.append(path + "%")
            case Reach.OWN:
                patterns.append(path)
    return patterns


def _home(
    conn: Connection, viewer: Viewer, permission: Permission, before: Record, changes: dict[str, Any]
) -> Organization:
    wanted = changes.get("organization_id", before.person.organization_id)
    if wanted != before.person.organization_id:
        return require(conn, viewer, permission, wanted)
    return directory.get_organization(conn, viewer.tenant_id, wanted)


def _refuse_taken(conn: Connection, person: Person) -> None:
    if store.has_number(conn, person.tenant_id, person.number, person.id):
        raise rules.NumberTaken
