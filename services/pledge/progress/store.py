"""Every SQL statement on the progress of pledges."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row

from services.pledge.pledge.domain import Pledge
from services.pledge.pledge.store import PLEDGE
from services.pledge.progress.domain import Entry
from shared.db import Connection, record

ENTRY = """
    SELECT tenant_id, id, pledge_id, item_id, position, state, happened_on, note, reason, correction, entered_by,
           entry_reason, entered_at
    FROM progress
"""


def add(conn: Connection, entry: Entry) -> None:
    """Keep an entry. The caller holds the pledge, so that positions follow one another."""
    facts: dict[str, Any] = asdict(entry)
    conn.execute(
        """
        INSERT INTO progress
            (tenant_id, id, pledge_id, item_id, position, state, happened_on, note, reason, correction, entered_by,
             entry_reason, entered_at)
        VALUES (%(tenant_id)s, %(id)s, %(pledge_id)s, %(item_id)s, %(position)s, %(state)s, %(happened_on)s, %(note)s,
                %(reason)s, %(correction)s, %(entered_by)s, %(entry_reason)s, %(entered_at)s)
        """,
        facts,
    )


def list_entries(conn: Connection, tenant_id: UUID, pledge_ids: Sequence[UUID]) -> dict[UUID, dict[UUID, list[Entry]]]:
    """Give the entries of pledges by pledge and matter, in order."""
    with conn.cursor(row_factory=record(Entry)) as cursor:
        rows = cursor.execute(
            ENTRY + "WHERE tenant_id = %s AND pledge_id = ANY(%s) ORDER BY pledge_id, item_id, position",
            [tenant_id, list(pledge_ids)],
        ).fetchall()
    found: dict[UUID, dict[UUID, list[Entry]]] = {}
    for row in rows:
        found.setdefault(row.pledge_id, {}).setdefault(row.item_id, []).append(row)
    return found


def list_promised(conn: Connection, tenant_id: UUID, pledge_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Give the published matters of pledges in order; a pledge of one sentence gives one row without a matter."""
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            """
            SELECT p.id AS pledge_id, v.headline, i.item_id, i.content, i.measure, i.due_on, i.responsible,
                   i.beneficiaries, i.aspect, i.origin, i.tags, i.linked_item_id
            FROM pledge p
            JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id
              AND v.number = p.published_version
            LEFT JOIN pledge_item i ON i.tenant_id = v.tenant_id AND i.pledge_id = v.pledge_id AND i.version = v.number
            WHERE p.tenant_id = %s AND p.id = ANY(%s)
            ORDER BY p.id, i.position
            """,
            [tenant_id, list(pledge_ids)],
        ).fetchall()


def list_pledges(conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID], year: int) -> list[UUID]:
    """Give the published pledges of organisations for a year, those of the organisations first."""
    rows = conn.execute(
        """
        SELECT id FROM pledge
        WHERE tenant_id = %s AND organization_id = ANY(%s) AND year = %s AND published_version IS NOT NULL
          AND state <> 'withdrawn'
        ORDER BY form <> 'organization', made_at, id
        """,
        [tenant_id, list(organization_ids), year],
    ).fetchall()
    return [row[0] for row in rows]


def list_unresolved_years(
    conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID], before_year: int
) -> list[tuple[UUID, int]]:
    """Give organisation and year of ended years in which a matter has no final state, the oldest first."""
    return conn.execute(
        """
        SELECT DISTINCT p.organization_id, p.year
        FROM pledge p
        LEFT JOIN pledge_item i ON i.tenant_id = p.tenant_id AND i.pledge_id = p.id AND i.version = p.published_version
        WHERE p.tenant_id = %(tenant_id)s AND p.organization_id = ANY(%(organization_ids)s)
          AND p.year < %(year)s AND p.published_version IS NOT NULL AND p.state <> 'withdrawn'
          AND coalesce((
            SELECT g.state FROM progress g
            WHERE g.tenant_id = p.tenant_id AND g.pledge_id = p.id AND g.item_id = coalesce(i.item_id, p.id)
            ORDER BY g.position DESC LIMIT 1), 'underway') = 'underway'
        ORDER BY p.year, p.organization_id
        """,
        {"tenant_id": tenant_id, "organization_ids": list(organization_ids), "year": before_year},
    ).fetchall()


def list_overdue(
    conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID], today: date, *, but: UUID
) -> list[tuple[UUID, bool, int]]:
    """Give organisation, whether the pledges are its own, and how many matters are overdue and nobody helped with.

    What somebody pledged alone is not counted for that one, nor what people who left pledged (R-073, R-076).
    """
    return conn.execute(
        """
        SELECT p.organization_id, p.person_id IS NULL AS own, count(*)
        FROM pledge p
        JOIN pledge_matter i ON i.tenant_id = p.tenant_id AND i.pledge_id = p.id
        LEFT JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
        WHERE p.tenant_id = %(tenant_id)s AND p.organization_id = ANY(%(organization_ids)s) AND p.state = 'open'
          AND i.due_on < %(today)s AND p.person_id IS DISTINCT FROM %(but)s AND coalesce(h.active, true)
          AND coalesce((
            SELECT g.state FROM progress g
            WHERE g.tenant_id = p.tenant_id AND g.pledge_id = p.id AND g.item_id = i.item_id
            ORDER BY g.position DESC LIMIT 1), 'underway') = 'underway'
          AND NOT EXISTS (
            SELECT FROM measure m
            WHERE m.tenant_id = p.tenant_id AND m.pledge_id = p.id AND m.state <> 'dropped'
              AND (m.item_id IS NULL OR m.item_id = i.item_id)
              AND (m.proposed_at AT TIME ZONE 'Asia/Shanghai')::date >= i.due_on)
        GROUP BY 1, 2
        ORDER BY 1, 2
        """,
        {"tenant_id": tenant_id, "organization_ids": list(organization_ids), "today": today, "but": but},
    ).fetchall()


def list_due(conn: Connection, tenant_id: UUID, person_id: UUID, until: date) -> list[tuple[UUID, UUID, date, str]]:
    """Give pledge, matter, day and words of what a person owes until a day, alone or with others, and has no final
    state, in order of days.
    """
    return conn.execute(
        """
        WITH mine AS MATERIALIZED (
            SELECT id FROM pledge WHERE tenant_id = %(tenant_id)s AND person_id = %(person_id)s
            UNION
            SELECT pledge_id FROM pledge_companion
            WHERE tenant_id = %(tenant_id)s AND person_id = %(person_id)s AND counts)
        SELECT p.id, i.item_id, i.due_on, i.content
        FROM pledge p
        JOIN pledge_matter i ON i.tenant_id = p.tenant_id AND i.pledge_id = p.id
        WHERE p.tenant_id = %(tenant_id)s AND p.id = ANY(ARRAY(SELECT id FROM mine))
          AND i.tenant_id = %(tenant_id)s AND i.pledge_id = ANY(ARRAY(SELECT id FROM mine))
          AND p.state = 'open' AND i.due_on <= %(until)s
          AND coalesce((
            SELECT g.state FROM progress g
            WHERE g.tenant_id = p.tenant_id AND g.pledge_id = p.id AND g.item_id = i.item_id
            ORDER BY g.position DESC LIMIT 1), 'underway') = 'underway'
        ORDER BY i.due_on, i.item_id
        """,
        {"tenant_id": tenant_id, "person_id": person_id, "until": until},
    ).fetchall()


def list_by_ids(conn: Connection, tenant_id: UUID, pledge_ids: Sequence[UUID]) -> list[Pledge]:
    """Give pledges by their ids."""
    with conn.cursor(row_factory=record(Pledge)) as cursor:
        return cursor.execute(
            PLEDGE + "WHERE p.tenant_id = %s AND p.id = ANY(%s)", [tenant_id, list(pledge_ids)]
        ).fetchall()
