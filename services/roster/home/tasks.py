"""What the first day asks of an administrator."""

from datetime import date

from services.roster.home import beginning, store
from services.roster.session import tickets
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Role
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, _today: date) -> list[Task]:
    """Give an administrator the steps that a university's beginning still lacks."""
    if Role.ADMINISTRATOR not in viewer.roles():
        return []
    campus = tickets.config().campus is not None
    return list(beginning.tasks(store.standing(conn, viewer.tenant_id, viewer.id, campus=campus)))
