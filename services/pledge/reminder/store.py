"""Every SQL statement on reminders."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from services.pledge.reminder.domain import Reminder, Stage
from shared.db import Connection, record

_DUE = """
    SELECT p.tenant_id, p.id AS pledge_id, i.item_id, p.organization_id, p.person_id, i.due_on, %(stage)s AS stage,
           p.form IN ('group', 'joint') AS together
    FROM pledge p
    JOIN pledge_matter i ON i.tenant_id = p.tenant_id AND i.pledge_id = p.id
    WHERE p.state = 'open' AND i.due_on BETWEEN %(begins)s AND %(ends)s
      AND (%(scheme_id)s::uuid IS NULL OR (p.tenant_id = %(tenant_id)s AND p.scheme_id = %(scheme_id)s
           AND p.scheme_version = %(scheme_version)s))
      AND (p.person_id IS NULL OR p.form IN ('group', 'joint') OR EXISTS (
        SELECT FROM person h WHERE h.tenant_id = p.tenant_id AND h.id = p.person_id AND h.active))
      AND NOT EXISTS (
        SELECT FROM reminder r
        WHERE r.tenant_id = p.tenant_id AND r.pledge_id = p.id AND r.item_id = i.item_id AND r.due_on = i.due_on
          AND r.stage = %(stage)s)
      AND coalesce((
        SELECT g.state FROM progress g
        WHERE g.tenant_id = p.tenant_id AND g.pledge_id = p.id AND g.item_id = i.item_id
        ORDER BY g.position DESC LIMIT 1), 'underway') = 'underway'
    ORDER BY i.due_on, i.item_id
    LIMIT %(limit)s
    FOR UPDATE OF p SKIP LOCKED
"""


def list_overdue(conn: Connection, today: date, limit: int) -> list[Reminder]:
    """Give matters whose day has passed and of which nobody was reminded, and hold their pledges."""
    return _due(conn, {"stage": Stage.AFTER, "begins": date.min, "ends": date.fromordinal(today.toordinal() - 1),
                       "tenant_id": None, "scheme_id": None, "scheme_version": None, "limit": limit})  # fmt: skip


def list_soon(conn: Connection, scheme: tuple[UUID, UUID, int], today: date, until: date, limit: int) -> list[Reminder]:
    """Give matters of pledges under a scheme version that are due by a day, and hold their pledges."""
    tenant_id, scheme_id, scheme_version = scheme
    return _due(conn, {"stage": Stage.BEFORE, "begins": today, "ends": until, "tenant_id": tenant_id,
                       "scheme_id": scheme_id, "scheme_version": scheme_version, "limit": limit})  # fmt: skip


def _due(conn: Connection, facts: dict[str, object]) -> list[Reminder]:
    with conn.cursor(row_factory=record(Reminder)) as cursor:
        return cursor.execute(_DUE, facts).fetchall()


def note(conn: Connection, reminder: Reminder, at: datetime) -> bool:
    """Note that somebody is reminded; say whether it is new."""
    entered = conn.execute(
        """
        INSERT INTO reminder (tenant_id, pledge_id, item_id, due_on, stage, reminded_at)
        VALUES (%(tenant_id)s, %(pledge_id)s, %(item_id)s, %(due_on)s, %(stage)s, %(at)s)
        ON CONFLICT DO NOTHING RETURNING item_id
        """,
        {**asdict(reminder), "at": at},
    ).fetchone()
    return entered is not None


def list_schemes(conn: Connection) -> list[tuple[UUID, UUID, int]]:
    """Give university, scheme and version of every scheme that was adopted."""
    return conn.execute("SELECT DISTINCT tenant_id, scheme_id, scheme_version FROM adoption").fetchall()
