"""What 履诺 asks of a pledger: progress on what is due soon or overdue."""

from datetime import date, timedelta

from services.pledge.progress import store
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches
from shared.scheme import NoScheme
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Ask for progress on every own matter whose day comes or has passed (R-073)."""
    home = branches.of(conn, viewer.tenant_id, viewer.organization.id)
    try:
        soon = schemes.current(conn, home).supervision.before_days
    except NoScheme:
        return []
    due = store.list_due(conn, viewer.tenant_id, viewer.id, today + timedelta(days=soon))
    return [
        Task(
            f"登记履诺进度：{content[:20]}",
            f"/pledge/progress/{pledge_id}#i-{item_id}",
            "去登记",
            due_on,
            "已过完成时限；有困难可以反映" if due_on < today else "临近完成时限",
        )
        for pledge_id, item_id, due_on, content in due
    ]
