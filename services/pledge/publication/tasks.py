"""What 亮诺 asks of officers: to show what was reviewed (R-059)."""

from datetime import date

from services.pledge import permissions
from services.pledge.publication import reading
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, _today: date) -> list[Task]:
    """Give the reviewed pledges that wait to be shown, one task an organisation and year."""
    if not viewer.holds(permissions.PUBLISH_PLEDGE):
        return []
    return [
        Task(f"{len(one.waiting)}份承诺待公示", "/pledge/publications/", "公示", one.publish_by_on, one.organization)
        for one in reading.waiting(conn, viewer)
    ]
