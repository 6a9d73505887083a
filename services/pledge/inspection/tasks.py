"""What inspections ask of a branch: to put right what was found."""

from datetime import date

from services.pledge import permissions
from services.pledge.inspection import commands
from services.pledge.supervision import reach
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Ask the officers of the organisation in which something was found, not those above."""
    if not viewer.holds(permissions.FOLLOW_UP_INSPECTION):
        return []
    places = [
        one.id
        for one in reach.organizations(conn, viewer, permissions.FOLLOW_UP_INSPECTION)
        if not reach.is_above(viewer, permissions.FOLLOW_UP_INSPECTION, one)
    ]
    return [
        Task("落实督查提出的整改", f"/pledge/inspections/{one.inspection_id}", "查看", one.follow_up_on)
        for one in commands.list_open(conn, viewer, places)
    ]
