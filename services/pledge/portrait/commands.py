"""Keeping, showing and removing one's own portrait, and erasing those of people who left."""

from datetime import datetime

from services.pledge.portrait import rules, store
from shared import clock
from shared.auth import Viewer
from shared.db import Connection

BATCH = 100


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


def forget(conn: Connection, now: datetime) -> int:
    """Erase portraits of people who left a while ago and did not come back (R-070, requirements 2.10); give how many.

    Nothing prints them from the moment on at which roster told of the leaving.
    """
    today = clock.day_of(now)
    store.follow_people(conn, today)
    return store.delete_left(conn, today - rules.KEPT_AFTER_LEAVING, BATCH)
