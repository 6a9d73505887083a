"""Keeping, showing and removing one's own portrait."""

from services.pledge.portrait import rules, store
from shared import clock
from shared.auth import Viewer
from shared.db import Connection


def keep(conn: Connection, viewer: Viewer, content: bytes) -> None:
    """Keep a picture as one's own portrait. Raises `PortraitMissing`, `PortraitTooLarge`, `NotAPortrait`."""
    store.save(conn, viewer.tenant_id, viewer.id, rules.made(content), clock.now())


def own(conn: Connection, viewer: Viewer) -> bytes:
    """Give one's own portrait. Raises `NoPortrait`."""
    found = store.list_of(conn, viewer.tenant_id, [viewer.id])
    if viewer.id not in found:
        raise rules.NoPortrait
    return found[viewer.id]


def remove(conn: Connection, viewer: Viewer) -> None:
    """Remove one's own portrait. Raises `NoPortrait`."""
    if not store.delete(conn, viewer.tenant_id, viewer.id):
        raise rules.NoPortrait
