"""Roster's events, and the calendar, → the directory tables; every service but roster adds `HANDLERS` to its own."""

from shared import workdays
from shared.db import Connection
from shared.directory import store
from shared.events import Event, Message
from shared.events.notify import CalendarChanged
from shared.events.roster import OrganizationChanged, PersonChanged, PositionChanged, SchemeAdopted
from shared.messaging import Handler


def note_organization(conn: Connection, message: Message) -> None:
    """Keep an organisation as told."""
    store.save_organization(conn, message.tenant_id, message.data)


def note_person(conn: Connection, message: Message) -> None:
    """Keep a person as told."""
    store.save_person(conn, message.tenant_id, message.data)


def note_position(conn: Connection, message: Message) -> None:
    """Keep a position as told."""
    store.save_position(conn, message.tenant_id, message.data)


def note_adoption(conn: Connection, message: Message) -> None:
    """Keep an adoption as told."""
    store.save_adoption(conn, message.tenant_id, message.data)


def note_calendar(conn: Connection, message: Message) -> None:
    """Keep holidays and make-up working days as told."""
    workdays.save(conn, message.tenant_id, message.data["entered_at"], message.data["days"])


HANDLERS: dict[type[Event], Handler] = {
    OrganizationChanged: note_organization,
    PersonChanged: note_person,
    PositionChanged: note_position,
    SchemeAdopted: note_adoption,
    CalendarChanged: note_calendar,
}
