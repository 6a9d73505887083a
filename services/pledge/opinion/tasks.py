"""What opinions ask of officers."""

from datetime import date

from services.pledge import permissions
from services.pledge.opinion import view
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, _today: date) -> list[Task]:
    """Give the unanswered opinions that the viewer may answer; the task says nothing of what was written."""
    if not viewer.holds(permissions.HANDLE_OPINION):
        return []
    found = view.list_handled(conn, viewer, unanswered=True)
    return [Task("群众意见待答复", f"/pledge/opinions/{one.id}", "答复", None, one.organization) for one in found]
