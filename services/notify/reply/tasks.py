"""What replies ask of the winner."""

from datetime import date

from services.notify.reply import view
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, _today: date) -> list[Task]:
    """Give what the viewer has not answered; the task says nothing of it (requirements 2.10)."""
    waiting = [one for one in view.list_own(conn, viewer) if one.replied_at is None and not one.outcome]
    return [
        Task("请就一件事项作出说明", f"/notify/replies/{one.objection_id}", "说明", one.reply_until_on)
        for one in waiting
    ]
