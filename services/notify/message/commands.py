"""What is done with messages: people are told, and read."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.notify.message import rules, store
from services.notify.message.domain import Kind, Message
from shared import clock
from shared.auth import Viewer
from shared.db import Connection

PAGE = 50


def send(
    conn: Connection,
    tenant_id: UUID,
    person_ids: Sequence[UUID],
    kind: Kind,
    href: str,
    at: datetime,
    *,
    cause: UUID | str,
) -> None:
    """Tell people something neutral with a link; the same cause tells it once, and nothing twice while unread."""
    store.add(conn, tenant_id, person_ids, kind, href, str(cause), at)


def list_own(conn: Connection, viewer: Viewer, *, unread: bool, page: int) -> list[Message]:
    """Give the viewer's messages, the newest first."""
    return store.list_of(conn, viewer.tenant_id, viewer.id, unread=unread, limit=PAGE, offset=PAGE * (page - 1))


def access(conn: Connection, viewer: Viewer, message_id: UUID) -> Message:
    """Open the door to a message: only the person's own. Raises `MessageNotFound`, `NotYours`."""
    message = store.get(conn, viewer.tenant_id, message_id)
    rules.check_own(message, viewer.id)
    return message


def read(conn: Connection, viewer: Viewer, message_id: UUID) -> Message:
    """Note that the viewer read a message; nobody else is shown that."""
    message = access(conn, viewer, message_id)
    store.mark(conn, viewer.tenant_id, viewer.id, clock.now(), message_id)
    return store.get(conn, viewer.tenant_id, message.id)


def read_all(conn: Connection, viewer: Viewer) -> None:
    """Note that the viewer read everything."""
    store.mark(conn, viewer.tenant_id, viewer.id, clock.now())
