"""What measures ask of people: a reply, a decision, what is to be put right and its acceptance."""

from datetime import date

from services.pledge import permissions
from services.pledge.measure import store
from services.pledge.measure.domain import Measure, MeasureState
from services.pledge.supervision import reach
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give the tasks; titles name neither persons nor grounds (requirements 2.10)."""
    own = [
        place.id
        for place in reach.organizations(conn, viewer, permissions.REPLY_MEASURE)
        if reach.is_inside(viewer, permissions.REPLY_MEASURE, place)
    ]
    tasks = [_own(one) for one in store.list_awaiting(conn, viewer.tenant_id, viewer.id, own)]
    if not viewer.holds(permissions.TAKE_MEASURE):
        return tasks
    places = [
        place
        for place in reach.organizations(conn, viewer, permissions.TAKE_MEASURE)
        if reach.is_above(viewer, permissions.TAKE_MEASURE, place)
    ]
    for one in store.list_open(conn, viewer.tenant_id, [place.id for place in places], but=viewer.id):
        if task := _of_superior(one, viewer, today):
            tasks.append(task)
    return tasks


def _own(one: Measure) -> Task:
    if one.state is MeasureState.PROPOSED:
        return Task("一项督促措施请您陈述意见", _href(one), "查看", one.reply_by_on)
    return Task("落实承诺的整改", _href(one), "查看", one.due_on)


def _of_superior(one: Measure, viewer: Viewer, today: date) -> Task | None:
    if one.state is MeasureState.DECIDED:
        return Task("一项限期整改等待验收", _href(one), "去验收", one.due_on)
    silent = one.reply_by_on is not None and one.reply_by_on < today
    if (one.state is MeasureState.HEARD and one.heard_by != viewer.id) or silent:
        return Task("一项督促措施等待决定", _href(one), "去决定")
    return None


def _href(one: Measure) -> str:
    return f"/pledge/measures/?pledge_id={one.pledge_id}#m-{one.id}"
