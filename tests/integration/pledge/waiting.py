"""Pledges to which anything may happen that makes a matter due or no longer due, and how matters were found plainly."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from shared import clock
from shared.db import Connection

TODAY = date(2026, 11, 20)
DAYS = [TODAY + timedelta(days=days) for days in (-400, -30, -1, 0, 1, 5, 7, 8, 30, 50)]
SCHEMES = [(uuid4(), uuid4(), number) for number in (1, 2)]
LEADS = {1: 7, 2: 30}
FINAL = ("done", "partial")

# As matters were looked for before anything waited: all pledges, all their matters, every time.
PLAIN = """
    WITH matter AS (
        SELECT p.tenant_id, p.id AS pledge_id, i.item_id, coalesce(i.due_on, make_date(p.year, 12, 31)) AS due_on
        FROM pledge p
        JOIN pledge_item i ON i.tenant_id = p.tenant_id AND i.pledge_id = p.id AND i.version = p.published_version
        UNION ALL
        SELECT p.tenant_id, p.id, p.id, make_date(p.year, 12, 31) FROM pledge p
        WHERE p.published_version IS NOT NULL AND NOT EXISTS (
            SELECT FROM pledge_item i
            WHERE i.tenant_id = p.tenant_id AND i.pledge_id = p.id AND i.version = p.published_version))
    SELECT i.item_id, i.due_on
    FROM pledge p
    JOIN matter i ON i.tenant_id = p.tenant_id AND i.pledge_id = p.id
    LEFT JOIN (
        SELECT DISTINCT ON (tenant_id, scheme_id, scheme_version) tenant_id, scheme_id, scheme_version,
               coalesce((settings ->> 'supervision.before_days')::int, 7) AS days
        FROM adoption ORDER BY tenant_id, scheme_id, scheme_version, version DESC) s
      ON s.tenant_id = p.tenant_id AND s.scheme_id = p.scheme_id AND s.scheme_version = p.scheme_version
    WHERE p.state = 'open'
      AND CASE %(stage)s WHEN 'after' THEN i.due_on < %(today)s
          ELSE s.days IS NOT NULL AND i.due_on BETWEEN %(today)s AND %(today)s::date + s.days END
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
"""


def noon(day: date) -> datetime:
    return clock.start_of(day) + timedelta(hours=12)


class World:
    """Pledges of two universities, to which anything may happen that makes a matter due or no longer due."""

    def __init__(self, conn: Connection, chance: random.Random) -> None:
        self.conn, self.chance = conn, chance
        self.pledges: list[tuple[UUID, UUID, UUID | None]] = []
        self.today = TODAY

    def make(self) -> None:
        """Make a pledge: public or not yet, dated or not, of one, of several, of an organisation."""
        tenant_id, scheme_id, scheme_version = self.chance.choice(SCHEMES)
        form = self.chance.choice(["individual", "individual", "group", "organization"])
        made = (tenant_id, uuid4(), None if form == "organization" else uuid4())
        self.conn.execute(
            """
            INSERT INTO pledge (tenant_id, id, organization_id, form, kind, year, person_id, state, scheme_id,
                                scheme_version, version, entered_by, made_at)
            VALUES (%s, %s, %s, %s, 'annual', %s, %s, 'open', %s, %s, 1, %s, now())
            """,
            [*made[:2], uuid4(), form, self.chance.choice([2025, 2026]), made[2], scheme_id, scheme_version, uuid4()],
        )  # fmt: skip
        self._write(made, 1, [uuid4() for _ in range(self.chance.randrange(3))])
        self.pledges.append(made)

    def _write(self, made: tuple[UUID, UUID, UUID | None], number: int, items: list[UUID]) -> None:
        self.conn.execute(
            """
            INSERT INTO pledge_version (tenant_id, pledge_id, number, state, headline, made_by, made_at)
            VALUES (%s, %s, %s, 'published', '我承诺', %s, now())
            """,
            [*made[:2], number, uuid4()],
        )
        for place, item_id in enumerate(items, 1):
            self.conn.execute(
                """
                INSERT INTO pledge_item (tenant_id, pledge_id, version, item_id, position, content, due_on)
                VALUES (%s, %s, %s, %s, %s, '办实事', %s)
                """,
                [*made[:2], number, item_id, place, self.chance.choice([None, *DAYS])],
            )

    def items(self, made: tuple[UUID, UUID, UUID | None]) -> list[UUID]:
        rows = self.conn.execute(
            "SELECT DISTINCT item_id FROM pledge_item WHERE tenant_id = %s AND pledge_id = %s ORDER BY 1", made[:2]
        ).fetchall()
        return [row[0] for row in rows] or [made[1]]

    def publish(self) -> None:
        tenant_id, pledge_id, _ = self.chance.choice(self.pledges)
        self.conn.execute(
            "UPDATE pledge SET published_version = version WHERE tenant_id = %s AND id = %s", [tenant_id, pledge_id]
        )

    def revise(self) -> None:
        """Write a text anew, with other days; it is published later or never."""
        made = self.chance.choice(self.pledges)
        row = self.conn.execute(
            "UPDATE pledge SET version = version + 1 WHERE tenant_id = %s AND id = %s RETURNING version", made[:2]
        ).fetchone()
        assert row
        self._write(made, row[0], [one for one in self.items(made) if one != made[1]])

    def report(self) -> None:
        made = self.chance.choice(self.pledges)
        item_id = self.chance.choice(self.items(made))
        self.conn.execute(
            """
            INSERT INTO progress (tenant_id, id, pledge_id, item_id, position, state, happened_on, entered_by,
                                  entered_at)
            SELECT %(tenant)s, gen_random_uuid(), %(pledge)s, %(item)s, count(*) + 1, %(state)s, %(today)s,
                   gen_random_uuid(), now()
            FROM progress WHERE tenant_id = %(tenant)s AND pledge_id = %(pledge)s AND item_id = %(item)s
            """,
            {"tenant": made[0], "pledge": made[1], "item": item_id, "today": self.today,
             "state": self.chance.choice(["underway", *FINAL])},
        )  # fmt: skip

    def end(self) -> None:
        """Close or withdraw a pledge, move it elsewhere, or open it again."""
        tenant_id, pledge_id, _ = self.chance.choice(self.pledges)
        state = self.chance.choice(["open", "open", "closed", "withdrawn"])
        self.conn.execute(
            """
            UPDATE pledge SET state = %s, closed_at = CASE WHEN %s = 'closed' THEN now() END, organization_id = %s
            WHERE tenant_id = %s AND id = %s
            """,
            [state, state, uuid4(), tenant_id, pledge_id],
        )

    def know(self) -> None:
        """Hear of a pledger, that he or she left, or came back."""
        tenant_id, _, person_id = self.chance.choice(self.pledges)
        if person_id:
            self.conn.execute(
                """
                INSERT INTO person (tenant_id, id, version, organization_id, number, name, stroke_key, standing,
                                    identity, leader, division_rank, floating, exempt, counted, active)
                VALUES (%s, %s, 1, %s, %s, '张三', '07', 'formal', 'staff', false, false, false, false, true, %s)
                ON CONFLICT (tenant_id, id) DO UPDATE SET active = EXCLUDED.active
                """,
                [tenant_id, person_id, uuid4(), person_id.hex, self.chance.random() < 0.7],
            )

    def adopt(self) -> None:
        """Hear of a scheme that pledges follow, early or late."""
        tenant_id, scheme_id, number = self.chance.choice(SCHEMES)
        days = {"supervision.before_days": LEADS[number]} if self.chance.random() < 0.8 else {}
        self.conn.execute(
            """
            INSERT INTO adoption (tenant_id, organization_id, version, scheme_id, scheme_version, name, document,
                                  settings)
            SELECT %s, gen_random_uuid(), count(*) + 1, %s, %s, '方案', '文件', %s FROM adoption
            """,
            [tenant_id, scheme_id, number, Jsonb(days)],
        )

    def sleep(self) -> None:
        self.today += timedelta(days=self.chance.choice([1, 1, 6, 40]))

    def plain(self, stage: str) -> set[tuple[Any, ...]]:
        return set(self.conn.execute(PLAIN, {"stage": stage, "today": self.today}).fetchall())

    def remind(self, stage: str, look: Callable[[Connection, datetime], int]) -> set[tuple[Any, ...]]:
        """Look until nothing is told any more; give of which matters somebody was reminded by this."""
        known = self._noted(stage)
        while look(self.conn, noon(self.today)):
            pass
        return self._noted(stage) - known

    def _noted(self, stage: str) -> set[tuple[Any, ...]]:
        return set(self.conn.execute("SELECT item_id, due_on FROM reminder WHERE stage = %s", [stage]).fetchall())
