"""Every SQL statement on occasions of 评诺."""

from collections.abc import Sequence
from uuid import UUID

from services.pledge.assessment.domain import Assessment, Instant
from services.pledge.assessment.rules import AssessmentNotFound
from services.pledge.turning import Page, turned, window
from shared.db import Connection, record

ASSESSMENT = """
    SELECT tenant_id, id, organization_id, kind, year, title, scheme_id, scheme_version, invited, closes_on, opened_by,
           opened_at, forms_closed_by, forms_closed_at, published_scope, published_by, published_at,
           coded
    FROM assessment
"""


def get(conn: Connection, tenant_id: UUID, assessment_id: UUID) -> Assessment:
    """Give an occasion and lock it for a change. Raises `AssessmentNotFound`."""
    return _one(conn, "WHERE tenant_id = %s AND id = %s FOR UPDATE", [tenant_id, assessment_id])


def read(conn: Connection, tenant_id: UUID, assessment_id: UUID) -> Assessment:
    """Give an occasion to be looked at. Raises `AssessmentNotFound`."""
    return _one(conn, "WHERE tenant_id = %s AND id = %s", [tenant_id, assessment_id])


def find(conn: Connection, assessment_id: UUID, *, share: bool = False) -> Assessment:
    """Give an occasion of whichever tenant, for pages without sign-in; `share` keeps its state until the answer is in.

    Raises `AssessmentNotFound`.
    """
    return _one(conn, "WHERE id = %s" + (" FOR SHARE" if share else ""), [assessment_id])


def _one(conn: Connection, condition: str, values: list[UUID]) -> Assessment:
    with conn.cursor(row_factory=record(Assessment)) as cursor:
        row = cursor.execute(ASSESSMENT + condition, values).fetchone()
    if row is None:
        raise AssessmentNotFound
    return row


def add(conn: Connection, assessment: Assessment) -> bool:
    """Enter an occasion; say whether it is the only yearly one of the organisation and year."""
    return bool(
        conn.execute(
            """
            INSERT INTO assessment
                (tenant_id, id, organization_id, kind, year, title, scheme_id, scheme_version, invited, closes_on,
                 opened_by, opened_at, coded)
            VALUES (%(tenant_id)s, %(id)s, %(organization_id)s, %(kind)s, %(year)s, %(title)s, %(scheme_id)s,
                    %(scheme_version)s, %(invited)s, %(closes_on)s, %(opened_by)s, %(opened_at)s, %(coded)s)
            ON CONFLICT DO NOTHING
            """,
            vars(assessment),
        ).rowcount
    )


def save(conn: Connection, assessment: Assessment) -> None:
    """Keep what became of an occasion."""
    conn.execute(
        """
        UPDATE assessment
        SET invited = %(invited)s, coded = %(coded)s, forms_closed_by = %(forms_closed_by)s,
            forms_closed_at = %(forms_closed_at)s,
            published_scope = %(published_scope)s, published_by = %(published_by)s, published_at = %(published_at)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        vars(assessment),
    )


def list_of(conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID], number: int) -> Page[Assessment]:
    """Give a page of the occasions of organisations, the newest first."""
    with conn.cursor(row_factory=record(Assessment)) as cursor:
        found = cursor.execute(
            ASSESSMENT
            + "WHERE tenant_id = %s AND organization_id = ANY(%s) ORDER BY opened_at DESC, id LIMIT %s OFFSET %s",
            [tenant_id, list(organization_ids), *window(number)],
        ).fetchall()
    return turned(found, number)


def list_unpublished(conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID]) -> list[Assessment]:
    """Give all occasions of organisations whose results are not public: on them something may still be to do."""
    with conn.cursor(row_factory=record(Assessment)) as cursor:
        return cursor.execute(
            ASSESSMENT
            + """
            WHERE tenant_id = %s AND organization_id = ANY(%s) AND published_at IS NULL ORDER BY opened_at DESC, id
            """,
            [tenant_id, list(organization_ids)],
        ).fetchall()


def list_instant(conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID]) -> list[Instant]:
    """Give the public instant pledges of organisations, of whichever year, that no occasion ends yet."""
    with conn.cursor(row_factory=record(Instant)) as cursor:
        return cursor.execute(
            """
            SELECT p.id AS pledge_id, p.organization_id, o.name AS organization, p.year, coalesce(h.name, '') AS name,
                   coalesce(nullif(p.trigger_text, ''), v.headline) AS words
            FROM pledge p
            JOIN organization o ON o.tenant_id = p.tenant_id AND o.id = p.organization_id
            JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id
              AND v.number = p.published_version
            LEFT JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
            WHERE p.tenant_id = %s AND p.organization_id = ANY(%s) AND p.kind = 'instant' AND p.state = 'open'
              AND NOT EXISTS (SELECT FROM appraisal a
                              WHERE a.tenant_id = p.tenant_id AND a.pledge_id = p.id AND a.closing)
            ORDER BY o.path, p.year, h.stroke_key, h.number, p.made_at, p.id
            """,
            [tenant_id, list(organization_ids)],
        ).fetchall()
