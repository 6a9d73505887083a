"""Every SQL statement on attendance."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from services.pledge.attendance.domain import Attendance
from shared.db import Connection


def replace_meeting(
    conn: Connection, tenant_id: UUID, meeting_id: UUID, held_on: date, people: Sequence[Mapping[str, Any]]
) -> None:
    """Keep who came to a meeting, in place of what was told of it before."""
    conn.execute("DELETE FROM attended WHERE tenant_id = %s AND meeting_id = %s", [tenant_id, meeting_id])
    with conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO attended (tenant_id, meeting_id, person_id, held_on, presence) VALUES (%s, %s, %s, %s, %s)",
            [(tenant_id, meeting_id, one["person_id"], held_on, one["presence"]) for one in people],
        )


def count(conn: Connection, tenant_id: UUID, person_id: UUID | None, year: int) -> Attendance:
    """Count the meetings of a year by whether somebody came; an organisation comes to none."""
    with conn.cursor(row_factory=class_row(Attendance)) as cursor:
        row = cursor.execute(
            """
            SELECT count(*) FILTER (WHERE presence = 'present') AS present,
                   count(*) FILTER (WHERE presence = 'excused') AS excused,
                   count(*) FILTER (WHERE presence = 'absent') AS absent
            FROM attended WHERE tenant_id = %s AND person_id = %s AND held_on BETWEEN %s AND %s
            """,
            [tenant_id, person_id, date(year, 1, 1), date(year, 12, 31)],
        ).fetchone()
    return row or Attendance(0, 0, 0)
