"""What a roll asks of its electors while their ballot is open. It does not know who voted, so it asks everybody."""

from datetime import date

from services.evaluation.roll import store
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give the open electronic ballots of an elector."""
    return [
        Task(f"请投票：{title}", f"/ballot/box/{election_id}", "去投票", None, "已投票的同志不必理会", now=True)
        for election_id, title in store.list_open(conn, viewer.tenant_id, viewer.id)
    ]
