"""Importing attendance of other meetings, and copying a quarterly meeting's roll."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.attendance import rules, store
from services.evaluation.attendance.domain import Attendance
from services.evaluation.attendance.rules import BadTable, Known, Line
from services.evaluation.meeting.domain import Attendee, Capacity, Meeting, Presence
from shared import clock, sheet
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.directory.domain import PARTY
from shared.events.evaluation import MeetingAttended
from shared.messaging import tell


@dataclass(frozen=True)
class Report:
    """What an import does, or would do."""

    new: list[Line]
    changed: list[Line]
    same: int
    faults: list[str]
    done: bool


def import_table(conn: Connection, viewer: Viewer, content: bytes, *, dry_run: bool) -> Report:
    """Import a table, all of it or nothing; the same table again changes nothing. A dry run only reports.

    Raises `MissingColumns`, `BadTable` with every fault, what `shared.sheet.read` raises.
    """
    table = sheet.read(content)
    lines, faults = rules.understand(table, _people(conn, viewer, rules.numbers(table)), clock.today())
    if faults and not dry_run:
        raise BadTable(details=faults)
    rows = [_row(viewer, line) for line in lines]
    known = _known(conn, viewer.tenant_id, rows)
    new = [line for line, row in zip(lines, rows, strict=True) if _key(row) not in known]
    changed = [
        line
        for line, row in zip(lines, rows, strict=True)
        if (old := known.get(_key(row))) and old.meeting_id is None and _said(old) != _said(row)
    ]
    if not dry_run:
        store.save_imported(conn, rows)
    return Report(new, changed, len(lines) - len(new) - len(changed), faults, done=not dry_run)


def list_of(conn: Connection, viewer: Viewer, person_id: UUID | None, since: date | None) -> list[Attendance]:
    """Give the attendance of a person (the viewer when none is named), of the last year unless told otherwise."""
    person = directory.get_person(conn, viewer.tenant_id, person_id) if person_id else viewer.person
    organization = branch.of(conn, viewer.tenant_id, person.organization_id)
    if person.id != viewer.id:
        require(conn, viewer, permissions.READ_ATTENDANCE, organization.id, person_id=person.id)
    start = since or clock.today() - timedelta(days=366)
    return store.list_attendance(conn, viewer.tenant_id, [person.id], start)


def _people(conn: Connection, viewer: Viewer, numbers: list[str]) -> dict[str, Known]:
    rows = store.list_numbered(conn, viewer.tenant_id, numbers)
    return {
        number: Known(person_id, number, name, viewer.may(permissions.IMPORT_ATTENDANCE, path) and standing in PARTY)
        for person_id, number, name, standing, path in rows
    }


def _row(viewer: Viewer, line: Line) -> Attendance:
    return Attendance(
        viewer.tenant_id, line.person_id, line.held_on, line.title, line.present, line.excused, line.note, None,
        viewer.id, clock.now(),
    )  # fmt: skip


def _known(conn: Connection, tenant_id: UUID, rows: list[Attendance]) -> dict[tuple[UUID, date, str], Attendance]:
    if not rows:
        return {}
    people = list({row.person_id for row in rows})
    since = min(row.held_on for row in rows)
    return {_key(row): row for row in store.list_attendance(conn, tenant_id, people, since)}


def _key(row: Attendance) -> tuple[UUID, date, str]:
    return row.person_id, row.held_on, row.title


def _said(row: Attendance) -> tuple[bool, bool, str]:
    return row.present, row.excused, row.note


def copy(conn: Connection, meeting: Meeting, attendees: list[Attendee], *, by: UUID) -> None:
    """Keep what a meeting's roll says now; who is not marked, exempt or waits for a word is left out."""
    store.replace_meeting(conn, meeting.tenant_id, meeting.id, _rows(meeting, attendees, by))


def tell_attended(conn: Connection, meeting: Meeting, attendees: list[Attendee]) -> None:
    """Tell who came to a meeting whose minutes are locked; neither reason nor excuse in words leaves (R-098)."""
    people = [
        {"person_id": row.person_id, "presence": "present" if row.present else "excused" if row.excused else "absent"}
        for row in _rows(meeting, attendees, meeting.announced_by)
    ]
    tell(
        conn, MeetingAttended, tenant_id=meeting.tenant_id, subject=meeting.id, meeting_id=meeting.id,
        organization_id=meeting.organization_id, period=meeting.period, held_on=meeting.held_on, people=people,
    )  # fmt: skip


def _rows(meeting: Meeting, attendees: list[Attendee], by: UUID) -> list[Attendance]:
    now = clock.now()
    return [
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
        if one.capacity is Capacity.MEMBER
        and one.presence is not Presence.NOT_MARKED
        and not one.exempt
        and not one.waits
    ]


def forget(conn: Connection, meeting: Meeting) -> None:
    """Take a meeting that was called off out of the attendance."""
    store.replace_meeting(conn, meeting.tenant_id, meeting.id, [])
