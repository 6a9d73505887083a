"""What evaluation tells of confirmed deeds → what came of a pledge."""

from services.pledge.deed import store
from shared.db import Connection
from shared.events import Event, Message
from shared.events.evaluation import DeedConfirmed
from shared.messaging import Handler


def note_confirmed(conn: Connection, message: Message) -> None:
    """Keep to which pledge, and to which item of it, a confirmed deed refers."""
    store.add(conn, message.tenant_id, message.data)


HANDLERS: dict[type[Event], Handler] = {DeedConfirmed: note_confirmed}
