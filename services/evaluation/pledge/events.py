"""Pledge's events → the words of published pledges."""

from services.evaluation.pledge import store
from shared.db import Connection
from shared.events import Event, Message
from shared.events.pledge import PledgePublished
from shared.messaging import Handler


def note_published(conn: Connection, message: Message) -> None:
    """Keep the words of a pledge: its headline, or its items where it has none."""
    data = message.data
    words = data["headline"].strip() or "；".join(item["content"] for item in data["items"])
    store.save(conn, message.tenant_id, data["pledge_id"], data["version"], data["person_id"], words)


HANDLERS: dict[type[Event], Handler] = {PledgePublished: note_published}
