"""Every SQL statement on opinions."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from services.pledge.opinion.domain import Listed, Opinion
from services.pledge.opinion.rules import OpinionNotFound, ReceiptUnknown
from shared.db import Connection, record

OPINION = """
    SELECT w.tenant_id, w.id, w.organization_id, w.pledge_id, w.channel, w.signed, w.text, w.name, w.contact, w.receipt,
           w.received_on, w.given_at, w.entered_by, w.answer, w.answered_by, w.answered_at
    FROM opinion w
"""


def add(conn: Connection, opinion: Opinion) -> None:
    """Enter an opinion."""
    conn.execute(
        """
        INSERT INTO opinion
            (tenant_id, id, organization_id, pledge_id, channel, signed, text, name, contact, receipt, received_on,
             given_at, entered_by, answer, answered_by, answered_at)
        VALUES (%(tenant_id)s, %(id)s, %(organization_id)s, %(pledge_id)s, %(channel)s, %(signed)s, %(text)s, %(name)s,
                %(contact)s, %(receipt)s, %(received_on)s, %(given_at)s, %(entered_by)s, %(answer)s, %(answered_by)s,
                %(answered_at)s)
        """,
        asdict(opinion),
    )


def save(conn: Connection, opinion: Opinion) -> None:
    """Keep the answer."""
    conn.execute(
        """
        UPDATE opinion SET answer = %(answer)s, answered_by = %(answered_by)s, answered_at = %(answered_at)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        asdict(opinion),
    )


def get(conn: Connection, tenant_id: UUID, opinion_id: UUID) -> Opinion:
    """Give an opinion and lock it for a change. Raises `OpinionNotFound`."""
    return _one(conn, "WHERE w.tenant_id = %s AND w.id = %s FOR UPDATE", tenant_id, opinion_id)


def read(conn: Connection, tenant_id: UUID, opinion_id: UUID) -> Opinion:
    """Give an opinion to look at. Raises `OpinionNotFound`."""
    return _one(conn, "WHERE w.tenant_id = %s AND w.id = %s", tenant_id, opinion_id)


def _one(conn: Connection, condition: str, tenant_id: UUID, opinion_id: UUID) -> Opinion:
    with conn.cursor(row_factory=record(Opinion)) as cursor:
        row = cursor.execute(OPINION + condition, [tenant_id, opinion_id]).fetchone()
    if row is None:
        raise OpinionNotFound
    return row


def find_by_receipt(conn: Connection, receipt: bytes) -> Opinion:
    """Give the opinion with this code's hash. Raises `ReceiptUnknown`."""
    with conn.cursor(row_factory=record(Opinion)) as cursor:
        row = cursor.execute(OPINION + "WHERE w.receipt = %s", [receipt]).fetchone()
    if row is None:
        raise ReceiptUnknown
    return row


def list_handled(
    conn: Connection, tenant_id: UUID, spans: tuple[list[str], list[str]], viewer_id: UUID, *, unanswered: bool,
    most: int,
) -> list[Listed]:  # fmt: skip
    """Give opinions where a permission spans, but none on a pledge that the viewer makes: the unanswered first."""
    with conn.cursor(row_factory=record(Listed)) as cursor:
        return cursor.execute(
            """
            SELECT w.id, w.organization_id, o.name AS organization, w.pledge_id, coalesce(h.name, o.name) AS whose,
                   w.channel, w.signed, w.received_on, w.answered_at, count(*) OVER ()::int AS total
            FROM opinion w
            JOIN organization o ON o.tenant_id = w.tenant_id AND o.id = w.organization_id
            LEFT JOIN pledge p ON p.tenant_id = w.tenant_id AND p.id = w.pledge_id
            LEFT JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
            WHERE w.tenant_id = %(tenant_id)s AND (w.answer IS NULL OR NOT %(unanswered)s)
              AND (o.path = ANY(%(exact)s) OR EXISTS (
                  SELECT FROM unnest(%(within)s::text[]) AS at (path) WHERE starts_with(o.path, at.path)))
              AND p.person_id IS DISTINCT FROM %(viewer_id)s AND NOT EXISTS (
                  SELECT FROM pledge_companion a
                  WHERE a.tenant_id = w.tenant_id AND a.pledge_id = w.pledge_id AND a.person_id = %(viewer_id)s
                    AND a.counts)
            ORDER BY w.answer IS NOT NULL, CASE WHEN w.answer IS NULL THEN w.given_at END, w.given_at DESC, w.id
            LIMIT %(most)s
            """,
            {
                "tenant_id": tenant_id, "exact": spans[0], "within": spans[1], "viewer_id": viewer_id,
                "unanswered": unanswered, "most": most,
            },
        ).fetchall()  # fmt: skip


def lock(conn: Connection, organization_id: UUID) -> None:
    """Let opinions on one organisation in one after the other, so that the count of an hour is exact."""
    conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('opinion ' || %s, 0))", [str(organization_id)])


def count_since(conn: Connection, tenant_id: UUID, organization_id: UUID, since: datetime, *, signed: bool) -> int:
    """Count the opinions that came by the page on an organisation since a moment."""
    row = conn.execute(
        """
        SELECT count(*) FROM opinion
        WHERE tenant_id = %s AND organization_id = %s AND given_at > %s AND signed = %s AND channel = 'page'
        """,
        [tenant_id, organization_id, since, signed],
    ).fetchone()
    return int(row[0]) if row else 0
