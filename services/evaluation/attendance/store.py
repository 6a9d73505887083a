"""Every SQL statement on attendance."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from services.evaluation.attendance.domain import Attendance, Removed
from shared.db import Connection, record

ATTENDANCE = """
    SELECT tenant_id, person_id, held_on, title, present, excused, note, meeting_id, entered_by, entered_at
    FROM attendance
"""
INSERT = """
    INSERT INTO attendance
        (tenant_id, person_id, held_on, title, present, excused, note, meeting_id, entered_by, entered_at)
    VALUES (%(tenant_id)s, %(person_id)s, %(held_on)s, %(title)s, %(present)s, %(excused)s, %(note)s, %(meeting_id)s,
            %(entered_by)s, %(entered_at)s)
"""


def list_attendance(conn: Connection, tenant_id: UUID, person_ids: list[UUID], since: date) -> list[Attendance]:
    """Give all attendance of several people since a day, the oldest first."""
    with conn.cursor(row_factory=record(Attendance)) as cursor:
        return cursor.execute(
            ATTENDANCE
            + "WHERE tenant_id = %s AND person_id = ANY(%s) AND held_on >= %s ORDER BY held_on, title, person_id",
            [tenant_id, person_ids, since],
        ).fetchall()


def save_imported(conn: Connection, rows: list[Attendance]) -> None:
    """Keep imported rows; the same person, day and title again takes the place of the earlier import."""
    with conn.cursor() as cursor:
        cursor.executemany(
            INSERT
            + """
            ON CONFLICT (tenant_id, person_id, held_on, title) DO UPDATE SET
                present = EXCLUDED.present, excused = EXCLUDED.excused, note = EXCLUDED.note,
                entered_by = EXCLUDED.entered_by, entered_at = EXCLUDED.entered_at
            WHERE attendance.meeting_id IS NULL
            """,
            [asdict(row) for row in rows],
        )


def replace_meeting(conn: Connection, tenant_id: UUID, meeting_id: UUID, rows: list[Attendance]) -> None:
    """Keep the rows of one quarterly meeting in place of its earlier ones."""
    conn.execute("DELETE FROM attendance WHERE tenant_id = %s AND meeting_id = %s", [tenant_id, meeting_id])
    with conn.cursor() as cursor:
        cursor.executemany(
            INSERT
            + """
            ON CONFLICT (tenant_id, person_id, held_on, title) DO UPDATE SET
                present = EXCLUDED.present, excused = EXCLUDED.excused, note = EXCLUDED.note,
                meeting_id = EXCLUDED.meeting_id, entered_by = EXCLUDED.entered_by, entered_at = EXCLUDED.entered_at
            """,
            [asdict(row) for row in rows],
        )


def list_numbered(conn: Connection, tenant_id: UUID, numbers: list[str]) -> list[tuple[UUID, str, str, str, str]]:
    """Give id, 学工号, name, standing and the path of the branch of the people with these numbers.

    A member of a 党小组 belongs to the branch above it.
    """
    return conn.execute(
        """
        SELECT p.id, p.number, p.name, p.standing, coalesce(above.path, o.path)
        FROM person p
        JOIN organization o ON o.tenant_id = p.tenant_id AND o.id = p.organization_id
        LEFT JOIN organization above
            ON o.kind = 'group' AND above.tenant_id = o.tenant_id AND above.id = o.parent_id
        WHERE p.tenant_id = %s AND p.number = ANY(%s) AND p.active
        """,
        [tenant_id, numbers],
    ).fetchall()


def get(conn: Connection, tenant_id: UUID, person_id: UUID, held_on: date, title: str) -> Attendance | None:
    """Give one row of a person, locked for its removal."""
    with conn.cursor(row_factory=record(Attendance)) as cursor:
        return cursor.execute(
            ATTENDANCE + "WHERE tenant_id = %s AND person_id = %s AND held_on = %s AND title = %s FOR UPDATE",
            [tenant_id, person_id, held_on, title],
        ).fetchone()


def remove(conn: Connection, removed: Removed) -> None:
    """Take an imported row out and keep what it said."""
    conn.execute(
        """
        DELETE FROM attendance
        WHERE tenant_id = %s AND person_id = %s AND held_on = %s AND title = %s AND meeting_id IS NULL
        """,
        [removed.tenant_id, removed.person_id, removed.held_on, removed.title],
    )
    conn.execute(
        """
        INSERT INTO attendance_removed
            (tenant_id, id, person_id, held_on, title, present, excused, reason, removed_by, removed_at)
        VALUES (%(tenant_id)s, %(id)s, %(person_id)s, %(held_on)s, %(title)s, %(present)s, %(excused)s, %(reason)s,
                %(removed_by)s, %(removed_at)s)
        """,
        asdict(removed),
    )


def list_removed(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Removed]:
    """Give the rows of a person that were taken out, the newest first."""
    with conn.cursor(row_factory=record(Removed)) as cursor:
        return cursor.execute(
            """
            SELECT tenant_id, id, person_id, held_on, title, present, excused, reason, removed_by, removed_at
            FROM attendance_removed WHERE tenant_id = %s AND person_id = %s ORDER BY removed_at DESC, id
            """,
            [tenant_id, person_id],
        ).fetchall()
