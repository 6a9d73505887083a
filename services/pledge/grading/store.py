"""Every SQL statement on gradings, their lines and their electors."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from psycopg.rows import class_row

from services.pledge.grading.domain import Elector, Grading, Line
from services.pledge.grading.rules import GradingNotFound
from shared.db import Connection, record

GRADING = """
    SELECT tenant_id, id, assessment_id, organization_id, title, period, entitled, secrecy_minimum, tellers, closes_at,
           called_by, called_at, erase_on, opened_at, counted_at, returned, sealed, annulled_at, statement, erased_at,
           fingerprint
    FROM grading
"""


def add(conn: Connection, grading: Grading, lines: Sequence[Line], sealed: Mapping[UUID, bytes]) -> None:
    """Enter a called grading with what it asks and whom, each with a sealed credential."""
    conn.execute(
        """
        INSERT INTO grading
            (tenant_id, id, assessment_id, organization_id, title, period, entitled, secrecy_minimum, tellers,
             closes_at, called_by, called_at, erase_on, fingerprint)
        VALUES (%(tenant_id)s, %(id)s, %(assessment_id)s, %(organization_id)s, %(title)s, %(period)s, %(entitled)s,
                %(secrecy_minimum)s, %(tellers)s, %(closes_at)s, %(called_by)s, %(called_at)s, %(erase_on)s,
                %(fingerprint)s)
        """,
        vars(grading),
    )
    key = {"tenant_id": grading.tenant_id, "grading_id": grading.id}
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO grading_line (tenant_id, grading_id, place, subject_id, key, name, text, result, choices)
            VALUES (%(tenant_id)s, %(grading_id)s, %(place)s, %(subject_id)s, %(key)s, %(name)s, %(text)s, %(result)s,
                    %(choices)s)
            """,
            [{**key, **vars(line)} for line in lines],
        )
        cursor.executemany(
            """
            INSERT INTO grading_elector (tenant_id, grading_id, person_id, credential)
            VALUES (%(tenant_id)s, %(grading_id)s, %(person_id)s, %(credential)s)
            """,
            [{**key, "person_id": person_id, "credential": credential} for person_id, credential in sealed.items()],
        )


def save(conn: Connection, grading: Grading) -> None:
    """Keep what became of a grading."""
    conn.execute(
        """
        UPDATE grading
        SET opened_at = %(opened_at)s, counted_at = %(counted_at)s, returned = %(returned)s, sealed = %(sealed)s,
            annulled_at = %(annulled_at)s, statement = %(statement)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        vars(grading),
    )


def get(conn: Connection, tenant_id: UUID, grading_id: UUID) -> Grading:
    """Give a grading and lock it for a change. Raises `GradingNotFound`."""
    return _one(conn, "WHERE tenant_id = %s AND id = %s FOR UPDATE", [tenant_id, grading_id])


def read(conn: Connection, tenant_id: UUID, grading_id: UUID) -> Grading:
    """Give a grading to be looked at. Raises `GradingNotFound`."""
    return _one(conn, "WHERE tenant_id = %s AND id = %s", [tenant_id, grading_id])


def _one(conn: Connection, condition: str, values: Sequence[UUID]) -> Grading:
    with conn.cursor(row_factory=record(Grading)) as cursor:
        row = cursor.execute(GRADING + condition, list(values)).fetchone()
    if row is None:
        raise GradingNotFound
    return row


def list_of(conn: Connection, tenant_id: UUID, assessment_id: UUID) -> list[Grading]:
    """Give the gradings of an occasion, void ones too, in the order of their calls."""
    with conn.cursor(row_factory=record(Grading)) as cursor:
        return cursor.execute(
            GRADING + "WHERE tenant_id = %s AND assessment_id = %s ORDER BY called_at, id", [tenant_id, assessment_id]
        ).fetchall()


def find_standing(conn: Connection, tenant_id: UUID, assessment_id: UUID) -> Grading | None:
    """Give the grading of an occasion that is not void, if there is one."""
    with conn.cursor(row_factory=record(Grading)) as cursor:
        return cursor.execute(
            GRADING + "WHERE tenant_id = %s AND assessment_id = %s AND annulled_at IS NULL", [tenant_id, assessment_id]
        ).fetchone()


def list_lines(conn: Connection, grading: Grading) -> list[Line]:
    """Give what a grading asks, in its order."""
    with conn.cursor(row_factory=class_row(Line)) as cursor:
        return cursor.execute(
            """
            SELECT place, subject_id, key, name, text, result, choices FROM grading_line
            WHERE tenant_id = %s AND grading_id = %s ORDER BY place
            """,
            [grading.tenant_id, grading.id],
        ).fetchall()


def find_elector(conn: Connection, grading: Grading, person_id: UUID) -> Elector | None:
    """Give somebody's place on the roll, if there is one."""
    with conn.cursor(row_factory=record(Elector)) as cursor:
        return cursor.execute(
            """
            SELECT tenant_id, grading_id, person_id, credential FROM grading_elector
            WHERE tenant_id = %s AND grading_id = %s AND person_id = %s
            """,
            [grading.tenant_id, grading.id, person_id],
        ).fetchone()


def list_open(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Grading]:
    """Give the open gradings in which somebody holds a credential, the oldest first."""
    with conn.cursor(row_factory=record(Grading)) as cursor:
        return cursor.execute(
            GRADING
            + """
            WHERE tenant_id = %s AND opened_at IS NOT NULL AND counted_at IS NULL AND annulled_at IS NULL
              AND EXISTS (
                SELECT FROM grading_elector e
                WHERE e.tenant_id = grading.tenant_id AND e.grading_id = grading.id AND e.person_id = %s
                  AND e.credential IS NOT NULL)
            ORDER BY called_at, id
            """,
            [tenant_id, person_id],
        ).fetchall()


def list_to_erase(conn: Connection, today: date, limit: int) -> list[Grading]:
    """Give the gradings on whose credentials nothing depends any more, and lock them."""
    with conn.cursor(row_factory=record(Grading)) as cursor:
        return cursor.execute(
            GRADING
            + """
            WHERE erased_at IS NULL AND (erase_on <= %s OR counted_at IS NOT NULL OR annulled_at IS NOT NULL)
            ORDER BY erase_on, id LIMIT %s FOR UPDATE SKIP LOCKED
            """,
            [today, limit],
        ).fetchall()


def erase(conn: Connection, grading: Grading, at: datetime) -> None:
    """Empty the credentials of a grading, and keep when that was done."""
    key = [grading.tenant_id, grading.id]
    conn.execute(
        "UPDATE grading_elector SET credential = NULL"
        " WHERE tenant_id = %s AND grading_id = %s AND credential IS NOT NULL",
        key,
    )
    conn.execute("UPDATE grading SET erased_at = %s WHERE tenant_id = %s AND id = %s", [at, *key])
