"""Ballot's events → elections."""

from services.evaluation.election import commands, counting
from services.evaluation.election.domain import ElectionState
from shared.db import Connection
from shared.events import Event, Message
from shared.events.ballot import BallotAnnulled, BallotClosed, BallotCounted, BallotOpened
from shared.messaging import Handler


def note_opened(conn: Connection, message: Message) -> None:
    """Note that voting began."""
    commands.note(conn, message.tenant_id, message.data["ballot_id"], ElectionState.OPENED, message.time)


def note_closed(conn: Connection, message: Message) -> None:
    """Note that the box was closed."""
    numbers = {name: message.data[name] for name in ("issued", "returned")}
    commands.note(conn, message.tenant_id, message.data["ballot_id"], ElectionState.CLOSED, message.time, **numbers)


def read_count(conn: Connection, message: Message) -> None:
    """Read a count that stands."""
    counting.count(conn, message.tenant_id, message.data["ballot_id"], message.time, message.data)


def note_annulled(conn: Connection, message: Message) -> None:
    """Note that a ballot is void."""
    counting.annul(conn, message.tenant_id, message.data["ballot_id"], message.time, message.data)


HANDLERS: dict[type[Event], Handler] = {
    BallotOpened: note_opened,
    BallotClosed: note_closed,
    BallotCounted: read_count,
    BallotAnnulled: note_annulled,
}
