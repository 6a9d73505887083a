"""Pledge's events → the words of published pledges, and how each was appraised."""

from services.evaluation.pledge import store
from shared.db import Connection
from shared.events import Event, Message
from shared.events.pledge import PledgeAppraised, PledgePublished
from shared.messaging import Handler


def note_published(conn: Connection, message: Message) -> None:
    """Keep the words of a pledge (its headline, or its items where it has none), and its items in this version."""
    data = message.data
    words = data["headline"].strip() or "；".join(item["content"] for item in data["items"])
    fresh = store.save(conn, message.tenant_id, words, data)
    store.add_items(conn, message.tenant_id, data["pledge_id"], data["version"], data["items"])
    if fresh:
        store.save_makers(conn, message.tenant_id, data["pledge_id"], data["author_ids"])


def note_appraised(conn: Connection, message: Message) -> None:
    """Keep the newest result of a person's pledge; an organisation's has no bearing on an award (R-099, R-138)."""
    if message.data["person_id"] is not None:
        store.save_appraised(conn, message.tenant_id, message.data, message.time)


HANDLERS: dict[type[Event], Handler] = {PledgePublished: note_published, PledgeAppraised: note_appraised}
