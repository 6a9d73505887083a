"""Ballot's events → gradings."""

from services.pledge.grading import commands
from shared.db import Connection
from shared.events import Event, Message
from shared.events.ballot import GradingAnnulled, GradingCounted, GradingOpened
from shared.messaging import Handler


def note_opened(conn: Connection, message: Message) -> None:
    """Note that the form can be filled in."""
    commands.note_opened(conn, message.tenant_id, message.data, message.time)


def note_counted(conn: Connection, message: Message) -> None:
    """Keep the totals."""
    commands.note_counted(conn, message.tenant_id, message.data, message.time)


def note_annulled(conn: Connection, message: Message) -> None:
    """Note that a grading is void."""
    commands.note_annulled(conn, message.tenant_id, message.data, message.time)


HANDLERS: dict[type[Event], Handler] = {
    GradingOpened: note_opened,
    GradingCounted: note_counted,
    GradingAnnulled: note_annulled,
}
