"""Every SQL statement on appraisals, what pledgers say, comments; and the remarks of the quarters."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import class_row

from services.pledge.appraisal.domain import Appraisal, Remark, Row
from services.pledge.appraisal.rules import AppraisalNotFound
from shared.db import Connection, record

APPRAISAL = """
    SELECT tenant_id, id, assessment_id, pledge_id, organization_id, person_id, closing, state, grade, reason, done,
           total, decided_by, decided_at, reply, replied_by, replied_at, outside_document, outside_on
    FROM appraisal
"""


def get(conn: Connection, tenant_id: UUID, appraisal_id: UUID) -> Appraisal:
    """Give an appraisal and lock it for a change. Raises `AppraisalNotFound`."""
    return _one(conn, APPRAISAL + "WHERE tenant_id = %s AND id = %s FOR UPDATE", tenant_id, appraisal_id)


def read(conn: Connection, tenant_id: UUID, appraisal_id: UUID) -> Appraisal:
    """Give an appraisal to be looked at. Raises `AppraisalNotFound`."""
    return _one(conn, APPRAISAL + "WHERE tenant_id = %s AND id = %s", tenant_id, appraisal_id)


def _one(conn: Connection, statement: str, tenant_id: UUID, appraisal_id: UUID) -> Appraisal:
    with conn.cursor(row_factory=record(Appraisal)) as cursor:
        row = cursor.execute(statement, [tenant_id, appraisal_id]).fetchone()
    if row is None:
        raise AppraisalNotFound
    return row


def add(conn: Connection, appraisals: Sequence[Appraisal]) -> int:
    """Enter appraisals, but none that the occasion has and no second closing one of a pledge; say how many are new."""
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO appraisal
                (tenant_id, id, assessment_id, pledge_id, organization_id, person_id, closing, state)
            VALUES (%(tenant_id)s, %(id)s, %(assessment_id)s, %(pledge_id)s, %(organization_id)s, %(person_id)s,
                    %(closing)s, %(state)s)
            ON CONFLICT DO NOTHING
            """,
            [vars(one) for one in appraisals],
        )
        return cursor.rowcount


def save(conn: Connection, appraisal: Appraisal) -> None:
    """Keep what became of an appraisal."""
    conn.execute(
        """
        UPDATE appraisal
        SET state = %(state)s, grade = %(grade)s, reason = %(reason)s, done = %(done)s, total = %(total)s,
            decided_by = %(decided_by)s, decided_at = %(decided_at)s, reply = %(reply)s, replied_by = %(replied_by)s,
            replied_at = %(replied_at)s, outside_document = %(outside_document)s, outside_on = %(outside_on)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        vars(appraisal),
    )


def list_of(conn: Connection, tenant_id: UUID, assessment_id: UUID) -> list[Row]:
    """Give the appraisals of an occasion: the organisation's own first, people in 姓氏笔画 order, never by grade."""
    with conn.cursor(row_factory=record(Row)) as cursor:
        return cursor.execute(
            """
            SELECT a.id, a.pledge_id, a.person_id, coalesce(h.name, o.name) AS name, coalesce(h.number, '') AS number,
                   p.form, v.headline, a.state, a.grade, a.done, a.total, s.appraisal_id IS NOT NULL AS own,
                   (SELECT count(*) FROM appraisal_comment c
                    WHERE c.tenant_id = a.tenant_id AND c.appraisal_id = a.id) AS comments
            FROM appraisal a
            JOIN pledge p ON p.tenant_id = a.tenant_id AND p.id = a.pledge_id
            JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id AND v.number = p.published_version
            JOIN organization o ON o.tenant_id = a.tenant_id AND o.id = a.organization_id
            LEFT JOIN person h ON h.tenant_id = a.tenant_id AND h.id = a.person_id
            LEFT JOIN self_appraisal s ON s.tenant_id = a.tenant_id AND s.appraisal_id = a.id
            WHERE a.tenant_id = %s AND a.assessment_id = %s
            ORDER BY a.person_id IS NOT NULL, h.stroke_key, h.number, p.made_at, a.id
            """,
            [tenant_id, assessment_id],
        ).fetchall()


def list_undecided(
    conn: Connection, tenant_id: UUID, assessment_ids: Sequence[UUID]
) -> dict[UUID, list[UUID | None]]:  # fmt: skip
    """Give by occasion of whom it has to decide yet, nobody for an organisation's own pledge."""
    found: dict[UUID, list[UUID | None]] = {}
    for assessment_id, person_id in conn.execute(
        """
        SELECT assessment_id, person_id FROM appraisal
        WHERE tenant_id = %s AND assessment_id = ANY(%s) AND state = 'open'
        """,
        [tenant_id, list(assessment_ids)],
    ).fetchall():
        found.setdefault(assessment_id, []).append(person_id)
    return found


def list_of_pledge(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> list[tuple[UUID, UUID | None, str, str]]:
    """Give id, person, that one's name and the title of the appraisals of a pledge, the newest occasion first."""
    return conn.execute(
        """
        SELECT a.id, a.person_id, coalesce(h.name, ''), s.title FROM appraisal a
        JOIN assessment s ON s.tenant_id = a.tenant_id AND s.id = a.assessment_id
        LEFT JOIN person h ON h.tenant_id = a.tenant_id AND h.id = a.person_id
        WHERE a.tenant_id = %s AND a.pledge_id = %s ORDER BY s.opened_at DESC, h.stroke_key, h.number
        """,
        [tenant_id, pledge_id],
    ).fetchall()


def count_closing(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> int:
    """Count the closing appraisals of a pledge that are still to be decided."""
    (count,) = conn.execute(
        "SELECT count(*) FROM appraisal WHERE tenant_id = %s AND pledge_id = %s AND closing AND state = 'open'",
        [tenant_id, pledge_id],
    ).fetchone() or (0,)
    return int(count)


def list_wanting_self(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[tuple[UUID, UUID, str]]:
    """Give id, occasion and title of a person's undecided appraisals of which the person said nothing yet."""
    return conn.execute(
        """
        SELECT a.id, s.id, s.title FROM appraisal a
        JOIN assessment s ON s.tenant_id = a.tenant_id AND s.id = a.assessment_id
        LEFT JOIN self_appraisal w ON w.tenant_id = a.tenant_id AND w.appraisal_id = a.id
        WHERE a.tenant_id = %s AND a.person_id = %s AND a.state = 'open' AND w.appraisal_id IS NULL
        ORDER BY s.opened_at, a.id
        """,
        [tenant_id, person_id],
    ).fetchall()


def save_own(
    conn: Connection, appraisal: Appraisal, sealed: bytes, entered_by: UUID, entry_reason: str, entered_at: object
) -> None:
    """Keep what the pledger says, in place of what stood there."""
    conn.execute(
        """
        INSERT INTO self_appraisal (tenant_id, appraisal_id, sealed, entered_by, entry_reason, entered_at)
        VALUES (%s, %s, %s, %s, %s, %s)
        ON CONFLICT (tenant_id, appraisal_id) DO UPDATE SET
            sealed = EXCLUDED.sealed, entered_by = EXCLUDED.entered_by, entry_reason = EXCLUDED.entry_reason,
            entered_at = EXCLUDED.entered_at
        """,
        [appraisal.tenant_id, appraisal.id, sealed, entered_by, entry_reason, entered_at],
    )


def find_own(conn: Connection, appraisal: Appraisal) -> tuple[bytes, UUID, str] | None:
    """Give what the pledger says, who entered it and why that one."""
    return conn.execute(
        "SELECT sealed, entered_by, entry_reason FROM self_appraisal WHERE tenant_id = %s AND appraisal_id = %s",
        [appraisal.tenant_id, appraisal.id],
    ).fetchone()


def save_comment(
    conn: Connection, appraisal: Appraisal, source: str, sealed: bytes, made_by: UUID, made_at: object
) -> None:
    """Keep a comment, in place of what stood there."""
    conn.execute(
        """
        INSERT INTO appraisal_comment (tenant_id, appraisal_id, source, sealed, made_by, made_at)
        VALUES (%s, %s, %s, %s, %s, %s)
        ON CONFLICT (tenant_id, appraisal_id, source) DO UPDATE SET
            sealed = EXCLUDED.sealed, made_by = EXCLUDED.made_by, made_at = EXCLUDED.made_at
        """,
        [appraisal.tenant_id, appraisal.id, source, sealed, made_by, made_at],
    )


def list_comments(conn: Connection, appraisal: Appraisal) -> list[tuple[str, bytes]]:
    """Give source and sealed words of the comments."""
    return conn.execute(
        """
        SELECT source, sealed FROM appraisal_comment
        WHERE tenant_id = %s AND appraisal_id = %s ORDER BY source DESC
        """,
        [appraisal.tenant_id, appraisal.id],
    ).fetchall()


def list_remarks(conn: Connection, appraisal: Appraisal, year: int) -> list[Remark]:
    """Give what was said of an appraised person in the periods of a year, the last word of each organisation (R-098).

    Why nothing was said in a period is not for the pledger's eyes, and an organisation is not remarked upon.
    """
    with conn.cursor(row_factory=class_row(Remark)) as cursor:
        return cursor.execute(
            """
            SELECT period, kind, text
            FROM (
                SELECT DISTINCT ON (period, organization_id) period, organization_id, kind, text FROM remark
                WHERE tenant_id = %s AND person_id = %s AND left(period, 4) = %s
                ORDER BY period, organization_id, position DESC) last
            WHERE kind <> 'skipped' ORDER BY period, organization_id
            """,
            [appraisal.tenant_id, appraisal.person_id, str(year)],
        ).fetchall()
