"""Taking an imported row of attendance out again: by whom, with which reason, and what stays of it."""

from datetime import date
from uuid import UUID, uuid4

from services.evaluation import permissions
from services.evaluation.attendance import store
from services.evaluation.attendance.domain import Attendance, Removed
from shared import clock
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.errors import Invalid, NotAllowed, NotFound, RuleBroken


class AttendanceNotFound(NotFound):
    """没有这条出席记录。"""


class OwnAttendance(NotAllowed):
    """本人的出席记录须由其他人删除。"""


class KeptByMeeting(RuleBroken):
    """本系统会议的出席情况在会议签到中更改，不能在这里删除。"""


class RemovalNeedsReason(Invalid):
    """删除出席记录须写明原因。"""


def remove(conn: Connection, viewer: Viewer, person_id: UUID, held_on: date, title: str, reason: str) -> Removed:
    """Take an imported row out; it is kept with the reason (R-158).

    Raises `NotAllowed`, `OwnAttendance`, `AttendanceNotFound`, `KeptByMeeting`, `RemovalNeedsReason`.
    """
    person = directory.get_person(conn, viewer.tenant_id, person_id)
    home = branch.of(conn, viewer.tenant_id, person.organization_id)
    require(conn, viewer, permissions.IMPORT_ATTENDANCE, home.id)
    row = store.get(conn, viewer.tenant_id, person.id, held_on, title)
    if row is None:
        raise AttendanceNotFound
    removed = judge(row, reason.strip(), viewer.id)
    store.remove(conn, removed)
    return removed


def judge(row: Attendance, reason: str, by: UUID) -> Removed:
    """Judge the removal of a row. Raises `OwnAttendance`, `KeptByMeeting`, `RemovalNeedsReason`."""
    if row.person_id == by:
        raise OwnAttendance
    if row.meeting_id is not None:
        raise KeptByMeeting
    if not reason:
        raise RemovalNeedsReason
    return Removed(
        row.tenant_id, uuid4(), row.person_id, row.held_on, row.title, row.present, row.excused, reason, by, clock.now()
    )
