"""What 督诺 asks of an organisation: no matter of an ended year without a final state."""

from datetime import date

from services.pledge import permissions
from services.pledge.progress import store
from services.pledge.supervision import reach
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Ask one's own organisations for the results that are missing (R-077)."""
    if not viewer.holds(permissions.SUPERVISE):
        return []
    places = {
        one.id: one
        for one in reach.organizations(conn, viewer, permissions.SUPERVISE)
        if not reach.is_above(viewer, permissions.SUPERVISE, one)
    }
    return [
        Task(
            f"{year}年的承诺事项还没有都登记结果",
            f"/pledge/supervision/?organization_id={organization_id}&year={year}",
            "去登记",
            date(year, 12, 31),
            places[organization_id].name,
        )
        for organization_id, year in store.list_unresolved_years(conn, viewer.tenant_id, list(places), today.year)
    ]
