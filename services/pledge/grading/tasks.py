"""What a grading asks of its electors while it is open. It does not know who took part, so it asks everybody."""

from datetime import date

from services.pledge.grading import store
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, _today: date) -> list[Task]:
    """Give the open gradings of an elector."""
    return [
        Task(f"请填写测评表：{one.title}", f"/ballot/box/{one.id}", "去测评", None, "已交表的同志不必理会")
        for one in store.list_open(conn, viewer.tenant_id, viewer.id)
    ]
