"""What the wall hears: a person whose name, and so the place among names, has changed."""

from services.pledge.wall import store
from shared.db import Connection
from shared.directory import projection
from shared.events import Message


def note_person(conn: Connection, message: Message) -> None:
    """Keep a person as told, and put that person's pledges where the name belongs now."""
    projection.note_person(conn, message)
    store.follow_person(conn, message.tenant_id, message.data["person_id"])
