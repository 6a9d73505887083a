"""What a period asks of an organisation: a remark on every pledger, and the summary."""

from datetime import date

from services.pledge import permissions
from services.pledge.remark import commands, rhythm
from services.pledge.supervision import reach
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization
from shared.scheme import NoScheme
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Ask for what is missing in the last period and in this one (R-072, R-074), in one's own organisations only."""
    if not viewer.holds(permissions.WRITE_REMARKS):
        return []
    tasks = []
    for place in reach.organizations(conn, viewer, permissions.WRITE_REMARKS):
        if not reach.is_above(viewer, permissions.WRITE_REMARKS, place):
            tasks += _of(conn, place, today)
    return tasks


def _of(conn: Connection, place: Organization, today: date) -> list[Task]:
    try:
        beat = schemes.current(conn, place).supervision.rhythm
    except NoScheme:
        return []
    if beat == "none":
        return []
    this = rhythm.of(today, beat)
    tasks = []
    for period in (rhythm.previous(this), this):
        view = commands.overview_of(conn, place, period)
        href = f"/pledge/remarks/?organization_id={place.id}&period={period}"
        due = rhythm.last_day(period)
        name = rhythm.named(period)
        if view.gaps:
            tasks.append(Task(f"{name}履诺点评", href, "去点评", due, f"{place.name}还有{len(view.gaps)}人没有点评"))
        if view.wants_summary:
            tasks.append(Task(f"{name}承诺落实情况梳理总结", f"{href}#summary", "去总结", due, place.name))
    return tasks
