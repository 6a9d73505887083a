"""What objections ask of their handlers."""

from datetime import date

from services.notify import permissions
from services.notify.objection import view
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, _today: date) -> list[Task]:
    """Give the objections that the viewer may hear and decide; the task names nobody (requirements 2.10)."""
    if not viewer.holds(permissions.HANDLE_OBJECTION):
        return []
    found = view.list_undecided(conn, viewer, permissions.HANDLE_OBJECTION)
    return [Task("公示异议待处理", f"/notify/objections/{item.id}", "处理", None, item.organization) for item in found]
