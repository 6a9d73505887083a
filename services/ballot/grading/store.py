"""Every SQL statement on the questions of gradings."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import class_row

from services.ballot.grading.domain import Asked
from shared.db import Connection


def add(conn: Connection, tenant_id: UUID, ballot_id: UUID, asked: Sequence[Asked]) -> None:
    """Enter the questions of a called grading."""
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO question (tenant_id, ballot_id, place, subject_id, name, promise, grades)
            VALUES (%s, %s, %s, %s, %s, %s, %s)
            """,
            [
                (tenant_id, ballot_id, each.place, each.subject_id, each.name, each.promise, each.grades)
                for each in asked
            ],
        )


def list_of(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> list[Asked]:
    """Give the questions in the order of the call."""
    with conn.cursor(row_factory=class_row(Asked)) as cursor:
        return cursor.execute(
            """
            SELECT place, subject_id, name, promise, grades, counts, blank FROM question
            WHERE tenant_id = %s AND ballot_id = %s ORDER BY place
            """,
            [tenant_id, ballot_id],
        ).fetchall()


def save(conn: Connection, tenant_id: UUID, ballot_id: UUID, counted: Sequence[Asked]) -> None:
    """Write the totals; the database refuses to change them later."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "UPDATE question SET counts = %s, blank = %s WHERE tenant_id = %s AND ballot_id = %s AND place = %s",
            [(each.counts, each.blank, tenant_id, ballot_id, each.place) for each in counted],
        )
