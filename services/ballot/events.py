"""What ballot hears, and what time alone makes due."""

from services.ballot.ballot import commands
from services.ballot.key import events as key_events
from shared.db import Connection
from shared.directory import projection
from shared.events import Event, Message
from shared.events.evaluation import BallotCalled
from shared.messaging import Deadline, Handler


def call_ballot(conn: Connection, message: Message) -> None:
    """Enter the ballot that a branch called."""
    commands.call(conn, message.tenant_id, message.data)


HANDLERS: dict[type[Event], Handler] = {
    **projection.HANDLERS,
    **key_events.HANDLERS,
    BallotCalled: call_ballot,
}

DEADLINES: list[Deadline] = []
