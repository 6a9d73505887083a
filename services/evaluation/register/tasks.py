"""What registers ask of a member: an entry before the quarter's meeting."""

from datetime import date

from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import MeetingState
from services.evaluation.register import store
from shared import clock, period
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches as branch
from shared.web.tasks import Task
from shared.web.words import period as named


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Ask a member without an entry for one, until the meeting opens; also for a quarter that just ended."""
    if not viewer.person.is_member or viewer.person.exempt:
        return []
    home = branch.of(conn, viewer.tenant_id, viewer.organization.id)
    this = period.of(today)
    tasks = []
    for quarter in (period.previous(this), this):
        found = meetings.list_meetings(conn, viewer.tenant_id, [home.id], quarter)
        announced = [one for one in found if one.state is MeetingState.ANNOUNCED]
        held = any(one.state in {MeetingState.OPEN, MeetingState.CLOSED} for one in found)
        if held or (quarter != this and not announced):
            continue
        if store.list_deeds(conn, viewer.tenant_id, [viewer.id], quarter):
            continue
        due = clock.day_of(announced[0].starts_at) if announced else period.last_day(quarter)
        note = "开会后登记截止" if announced else ""
        href = f"/evaluation/register/?period={quarter}"
        tasks.append(Task(f"登记{named(quarter)}的闪光言行", href, "去登记", due, note))
    return tasks
