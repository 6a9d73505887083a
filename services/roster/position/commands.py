"""What is done with positions: taken up and ended."""

from datetime import date
from uuid import UUID

from services.roster.organization.store import lock_roster
from services.roster.position import rules, store
from services.roster.position.domain import facts
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization, Person, Position, Role
from shared.events.roster import PositionChanged
from shared.messaging import tell


def publish(conn: Connection, position: Position) -> None:
    """Keep a position and tell it to the other services."""
    known = facts(position)
    directory.save_position(conn, position.tenant_id, known)
    tell(conn, PositionChanged, tenant_id=position.tenant_id, subject=position.id, **known)


def appoint(
    conn: Connection, viewer: Viewer, person_id: UUID, organization_id: UUID, role: Role, starts_on: date
) -> Position:
    """Give a person a role in an organisation from a day on. Raises `NotAllowed`, `NotAppointable`."""
    organization = require(conn, viewer, rules.permission_for(role), organization_id)
    lock_roster(conn, viewer.tenant_id)
    person = directory.get_person(conn, viewer.tenant_id, person_id)
    holders = store.list_holders(conn, viewer.tenant_id, organization.id, starts_on)
    position = rules.appointed(person, organization, role, starts_on, holders, by=viewer.id)
    publish(conn, position)
    return position


def end(conn: Connection, viewer: Viewer, position_id: UUID, ends_on: date) -> Position:
    """Give a position its last day. Raises `NotAllowed` and the refusals of `rules.ended`."""
    position = store.get(conn, viewer.tenant_id, position_id)
    require(conn, viewer, rules.permission_for(position.role), position.organization_id)
    administrators = store.count_administrators(conn, viewer.tenant_id) if position.role is Role.ADMINISTRATOR else 0
    after = rules.ended(position, ends_on, administrators=administrators)
    publish(conn, after)
    return after


def end_all_of(conn: Connection, person: Person, day: date) -> list[Position]:
    """End every position of somebody who leaves; give them as they were. Raises `LastAdministrator`."""
    held = store.list_open_of_person(conn, person.tenant_id, person.id)
    if any(each.role is Role.ADMINISTRATOR for each in held):
        rules.refuse_last(store.count_administrators(conn, person.tenant_id))
    for each in held:
        publish(conn, rules.cut(each, day))
    return held


def end_all_in(conn: Connection, organization: Organization, day: date) -> None:
    """End every position in an organisation that is closed."""
    for each in store.list_open_in(conn, organization.tenant_id, organization.id):
        publish(conn, rules.cut(each, day))
