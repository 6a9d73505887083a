"""Evaluation's locked minutes → who came to the meetings of a year."""

from services.pledge.attendance import store
from shared.db import Connection
from shared.events import Event, Message
from shared.events.evaluation import MeetingAttended
from shared.messaging import Handler


def note_attended(conn: Connection, message: Message) -> None:
    """Keep who came to a meeting; what is told twice ends the same."""
    data = message.data
    store.replace_meeting(conn, message.tenant_id, data["meeting_id"], data["held_on"], data["people"])


HANDLERS: dict[type[Event], Handler] = {MeetingAttended: note_attended}
