"""What 督诺 asks: results of ended years, and help where something is overdue."""

from datetime import date

from services.pledge import permissions
from services.pledge.progress import store
from services.pledge.supervision import reach
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Kind, Organization
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Ask for the results that are missing (R-077) and for help with what is overdue (R-073, R-076)."""
    if not viewer.holds(permissions.SUPERVISE):
        return []
    places = {one.id: one for one in reach.organizations(conn, viewer, permissions.SUPERVISE)}
    return [*_results(conn, viewer, list(places.values()), today), *_help(conn, viewer, list(places.values()), today)]


def _results(conn: Connection, viewer: Viewer, places: list[Organization], today: date) -> list[Task]:
    """Ask one's own organisations, not those below."""
    own = {one.id: one for one in places if reach.is_inside(viewer, permissions.SUPERVISE, one)}
    return [
        Task(
            f"{year}年的承诺事项还没有都登记结果",
            f"/pledge/supervision/?organization_id={organization_id}&year={year}",
            "去登记",
            date(year, 12, 31),
            own[organization_id].name,
        )
        for organization_id, year in store.list_unresolved_years(conn, viewer.tenant_id, list(own), today.year)
    ]


def _help(conn: Connection, viewer: Viewer, places: list[Organization], today: date) -> list[Task]:
    """Ask the branch for its members, the 党总支 above too; for an organisation's own pledge only those above it."""
    inside = {one.id for one in places if reach.is_inside(viewer, permissions.SUPERVISE, one)}
    near = {one.id: one for one in places if one.id in inside or one.parent_id in inside}
    heads = {one.id for one in places if one.id in inside and one.kind is Kind.GENERAL_BRANCH}
    tasks = []
    for place_id, own, count in store.list_overdue(conn, viewer.tenant_id, list(near), today, but=viewer.id):
        place = near[place_id]
        asked = place.parent_id in inside if own else place_id in inside or place.parent_id in heads
        if asked:
            href = f"/pledge/supervision/?organization_id={place_id}"
            tasks.append(Task(f"{count}项承诺逾期，去提醒或帮助", href, "去办理", None, place.name))
    return tasks
