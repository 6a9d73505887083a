"""Every SQL statement on reminders."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from services.pledge.reminder.domain import Awaited, Look, Reminder, Stage
from shared.db import Connection, record

# Pledge by pledge, as the windows name them: a join of all pledges with all their matters would be built first.
_WINDOWS = """
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(%(tenant_ids)s::uuid[], %(pledge_ids)s::uuid[], %(begins)s::date[], %(ends)s::date[],
                             %(leads)s::int[])
            AS a (tenant_id, pledge_id, begins, ends, lead))
"""
_DUE = f"""
    {_WINDOWS}
    SELECT p.tenant_id, p.id AS pledge_id, i.item_id, p.organization_id, p.person_id, i.due_on, %(stage)s AS stage,
           p.form IN ('group', 'joint') AS together
    FROM asked a
    JOIN pledge p ON p.tenant_id = a.tenant_id AND p.id = a.pledge_id
    JOIN pledge_matter i ON i.tenant_id = a.tenant_id AND i.pledge_id = a.pledge_id
    WHERE p.state = 'open' AND i.due_on BETWEEN a.begins AND a.ends
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
"""  # noqa: S608 — constants
_PUT_OFF = f"""
    {_WINDOWS},
    later AS MATERIALIZED (
        SELECT a.tenant_id, a.pledge_id, min(i.due_on) - a.lead AS look_on
        FROM asked a
        JOIN pledge p ON p.tenant_id = a.tenant_id AND p.id = a.pledge_id AND p.state = 'open'
        JOIN pledge_matter i ON i.tenant_id = a.tenant_id AND i.pledge_id = a.pledge_id AND i.due_on > a.ends
        GROUP BY a.tenant_id, a.pledge_id, a.lead),
    gone AS (
        DELETE FROM awaited w USING asked a
        WHERE w.tenant_id = a.tenant_id AND w.pledge_id = a.pledge_id AND w.stage = %(stage)s
          AND NOT EXISTS (SELECT FROM later l WHERE l.tenant_id = w.tenant_id AND l.pledge_id = w.pledge_id))
    UPDATE awaited w SET look_on = l.look_on FROM later l
    WHERE w.tenant_id = l.tenant_id AND w.pledge_id = l.pledge_id AND w.stage = %(stage)s
"""  # noqa: S608 — constants


def take(conn: Connection, stage: Stage, today: date, limit: int) -> list[Awaited]:
    """Give pledges that have to be looked at, and hold what makes them wait; others may take others meanwhile.

    Whoever changes a pledge so that it has to be looked at again waits for the end of the look.
    """
    with conn.cursor(row_factory=record(Awaited)) as cursor:
        return cursor.execute(
            """
            WITH taken AS MATERIALIZED (
                SELECT tenant_id, pledge_id FROM awaited WHERE stage = %s AND look_on <= %s
                ORDER BY look_on LIMIT %s FOR UPDATE SKIP LOCKED)
            SELECT t.tenant_id, t.pledge_id, p.scheme_id, p.scheme_version
            FROM taken t JOIN pledge p ON p.tenant_id = t.tenant_id AND p.id = t.pledge_id
            """,
            [stage, today, limit],
        ).fetchall()


def list_due(conn: Connection, stage: Stage, looks: Sequence[Look]) -> list[Reminder]:
    """Give the matters in the windows of pledges of which nobody was reminded, in the order of their days."""
    with conn.cursor(row_factory=record(Reminder)) as cursor:
        return cursor.execute(_DUE, _asked(stage, looks)).fetchall()


def put_off(conn: Connection, stage: Stage, looks: Sequence[Look]) -> None:
    """Let pledges wait for the first day after their windows; where there is none they are not looked at again."""
    conn.execute(_PUT_OFF, _asked(stage, looks))


def _asked(stage: Stage, looks: Sequence[Look]) -> dict[str, Any]:
    return {
        "stage": stage,
        "tenant_ids": [one.tenant_id for one in looks],
        "pledge_ids": [one.pledge_id for one in looks],
        "begins": [one.begins for one in looks],
        "ends": [one.ends for one in looks],
        "leads": [one.lead for one in looks],
    }


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
