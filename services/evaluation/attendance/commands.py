"""Copying a quarterly meeting's roll into the attendance of its members."""

from uuid import UUID

from services.evaluation.attendance import store
from services.evaluation.attendance.domain import Attendance
from services.evaluation.meeting.domain import Attendee, Capacity, Meeting, Presence
from shared import clock
from shared.db import Connection


def copy(conn: Connection, meeting: Meeting, attendees: list[Attendee], *, by: UUID) -> None:
    """Keep what a meeting's roll says now; who is not marked or exempt is left out."""
    now = clock.now()
    rows = [
        Attendance(
            meeting.tenant_id,
            one.person_id,
            meeting.held_on,
            meeting.title,
            one.presence is Presence.PRESENT,
            one.excused,
            "",
            meeting.id,
            by,
            now,
        )
        for one in attendees
        if one.capacity is Capacity.MEMBER and one.presence is not Presence.NOT_MARKED and not one.exempt
    ]
    store.replace_meeting(conn, meeting.tenant_id, meeting.id, rows)


def forget(conn: Connection, meeting: Meeting) -> None:
    """Take a meeting that was called off out of the attendance."""
    store.replace_meeting(conn, meeting.tenant_id, meeting.id, [])
