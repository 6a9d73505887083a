"""What being named on a pledge asks of somebody: to say whether that is right."""

from datetime import date

from services.pledge.author import store
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, _today: date) -> list[Task]:
    """Give the pledges on which the viewer was named by somebody and has not answered (R-033)."""
    return [
        Task("确认是否共同承诺", f"/pledge/pledges/{one.pledge_id}", "查看并答复", None, f"{one.name}：{one.headline}")
        for one in store.list_unanswered(conn, viewer.tenant_id, viewer.id)
    ]
