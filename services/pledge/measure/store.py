"""Every SQL statement on measures."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from services.pledge.measure.domain import Announcement, Measure
from services.pledge.turning import Page, turned, window
from shared.db import Connection, record
from shared.errors import NotFound


class MeasureNotFound(NotFound):
    """没有这项督促措施。"""


MEASURE = """
    SELECT tenant_id, id, pledge_id, item_id, organization_id, person_id, kind, state, sealed, skip_reason,
           proposed_by, proposed_at, reply_by_on, heard_by, heard_at, waived, decided_by, decided_at, decided_on,
           due_on, accepted_by, accepted_on, announcement
    FROM measure
"""


def save(conn: Connection, measure: Measure) -> None:
    """Enter a measure, or keep what became of it."""
    conn.execute(
        """
        INSERT INTO measure
            (tenant_id, id, pledge_id, item_id, organization_id, person_id, kind, state, sealed, skip_reason,
             proposed_by, proposed_at, reply_by_on, heard_by, heard_at, waived, decided_by, decided_at, decided_on,
             due_on, accepted_by, accepted_on, announcement)
        VALUES (%(tenant_id)s, %(id)s, %(pledge_id)s, %(item_id)s, %(organization_id)s, %(person_id)s, %(kind)s,
                %(state)s, %(sealed)s, %(skip_reason)s, %(proposed_by)s, %(proposed_at)s, %(reply_by_on)s,
                %(heard_by)s, %(heard_at)s, %(waived)s, %(decided_by)s, %(decided_at)s, %(decided_on)s, %(due_on)s,
                %(accepted_by)s, %(accepted_on)s, %(announcement)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            state = EXCLUDED.state, sealed = EXCLUDED.sealed, heard_by = EXCLUDED.heard_by,
            heard_at = EXCLUDED.heard_at, waived = EXCLUDED.waived, decided_by = EXCLUDED.decided_by,
            decided_at = EXCLUDED.decided_at, decided_on = EXCLUDED.decided_on, due_on = EXCLUDED.due_on,
            accepted_by = EXCLUDED.accepted_by, accepted_on = EXCLUDED.accepted_on,
            announcement = EXCLUDED.announcement
        """,
        asdict(measure),
    )


def get(conn: Connection, tenant_id: UUID, measure_id: UUID) -> Measure:
    """Give a measure and lock it for a change. Raises `MeasureNotFound`."""
    return _one(conn, MEASURE + "WHERE tenant_id = %s AND id = %s FOR UPDATE", tenant_id, measure_id)


def read(conn: Connection, tenant_id: UUID, measure_id: UUID) -> Measure:
    """Give a measure to be looked at. Raises `MeasureNotFound`."""
    return _one(conn, MEASURE + "WHERE tenant_id = %s AND id = %s", tenant_id, measure_id)


def _one(conn: Connection, statement: str, tenant_id: UUID, measure_id: UUID) -> Measure:
    with conn.cursor(row_factory=record(Measure)) as cursor:
        row = cursor.execute(statement, [tenant_id, measure_id]).fetchone()
    if row is None:
        raise MeasureNotFound
    return row


def list_of_pledge(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> list[Measure]:
    """Give the measures on a pledge in the order of their beginning."""
    with conn.cursor(row_factory=record(Measure)) as cursor:
        return cursor.execute(
            MEASURE + "WHERE tenant_id = %s AND pledge_id = %s ORDER BY proposed_at, id", [tenant_id, pledge_id]
        ).fetchall()


def list_open(conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID], *, but: UUID) -> list[Measure]:
    """Give the measures of organisations on which somebody still has to act, the oldest first.

    None of those on what a person makes, alone or with others: somebody else acts on them.
    """
    with conn.cursor(row_factory=record(Measure)) as cursor:
        return cursor.execute(
            MEASURE
            + """
            WHERE tenant_id = %(tenant_id)s AND organization_id = ANY(%(organization_ids)s)
              AND (state IN ('proposed', 'heard') OR (state = 'decided' AND kind = 'rectify'))
              AND person_id IS DISTINCT FROM %(but)s AND NOT EXISTS (
                SELECT FROM pledge_companion c
                WHERE c.tenant_id = measure.tenant_id AND c.pledge_id = measure.pledge_id AND c.counts
                  AND c.person_id = %(but)s)
            ORDER BY proposed_at, id
            """,
            {"tenant_id": tenant_id, "organization_ids": list(organization_ids), "but": but},
        ).fetchall()


def list_awaiting(
    conn: Connection, tenant_id: UUID, person_id: UUID, organization_ids: Sequence[UUID]
) -> list[Measure]:
    """Give the measures on which the reply of a person, or of organisations whose officer the person is, is awaited,
    and what is to be put right.
    """
    with conn.cursor(row_factory=record(Measure)) as cursor:
        return cursor.execute(
            MEASURE
            + """
            WHERE tenant_id = %s AND (person_id = %s OR (person_id IS NULL AND organization_id = ANY(%s)))
              AND (state = 'proposed' OR (state = 'decided' AND kind = 'rectify'))
            ORDER BY proposed_at, id
            """,
            [tenant_id, person_id, list(organization_ids)],
        ).fetchall()


def list_announced(
    conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID], number: int
) -> Page[Announcement]:
    """Give a page of what was announced in organisations, the newest first."""
    with conn.cursor(row_factory=record(Announcement)) as cursor:
        found = cursor.execute(
            """
            SELECT m.organization_id, o.name AS organization, m.decided_on AS announced_on, m.announcement AS words
            FROM measure m JOIN organization o ON o.tenant_id = m.tenant_id AND o.id = m.organization_id
            WHERE m.tenant_id = %s AND m.organization_id = ANY(%s) AND m.announcement <> ''
            ORDER BY m.decided_on DESC, m.id LIMIT %s OFFSET %s
            """,
            [tenant_id, list(organization_ids), *window(number)],
        ).fetchall()
    return turned(found, number)
