"""Every SQL statement on the ledger."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from psycopg.rows import class_row

from services.pledge.ledger.domain import Count, Detail, Line, Wanted
from shared.db import Connection, record

FILTER = """
    p.year = %(year)s AND p.state <> 'withdrawn' AND (NOT %(published)s OR p.published_version IS NOT NULL)
    AND (%(kind)s::text IS NULL OR p.kind = %(kind)s) AND (%(form)s::text IS NULL OR p.form = %(form)s)
    AND (%(tag)s = '' OR EXISTS (
        SELECT FROM pledge_item g
        WHERE g.tenant_id = p.tenant_id AND g.pledge_id = p.id AND %(tag)s = ANY(g.tags)
          AND g.version = CASE WHEN %(published)s THEN p.published_version ELSE p.version END))
"""
# The organisations come in the order of their paths and each pledge is found through the index of its organisation,
# so that a page of fifty reads no more than the organisations it shows.
LINES = f"""
    SELECT p.id, o.name AS organization, p.person_id, coalesce(h.name, o.name) AS name,
           coalesce(h.number, '') AS number,
           coalesce(p.person_id IN (
               SELECT s.person_id FROM position s
               WHERE s.tenant_id = %(tenant_id)s AND s.role IN ('secretary', 'general_branch_secretary')
                 AND s.starts_on <= %(day)s AND (s.ends_on IS NULL OR s.ends_on >= %(day)s)), false) AS secretary,
           CASE WHEN p.form IN ('group', 'joint') THEN coalesce((
               SELECT string_agg(a.name || CASE WHEN a.headcount > 1 THEN a.headcount || '人' ELSE '' END,
                                 '、' ORDER BY a.position)
               FROM pledge_companion a
               WHERE a.tenant_id = v.tenant_id AND a.pledge_id = v.pledge_id AND a.version = v.number), '')
               ELSE '' END AS together,
           p.form, p.kind, p.year, p.state, p.oral, p.late, p.entry_reason, p.community, v.headline,
           (SELECT coalesce(string_agg(i.position || '．' || i.content
                || coalesce('（' || to_char(i.due_on, 'YYYY-MM-DD') || '前）', ''), '；' ORDER BY i.position), '')
            FROM pledge_item i
            WHERE i.tenant_id = v.tenant_id AND i.pledge_id = v.pledge_id AND i.version = v.number) AS items,
           v.state AS version_state, p.submitted_at, v.published_at{{more}}
    FROM organization o
    JOIN pledge p ON p.tenant_id = o.tenant_id AND p.organization_id = o.id
    JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id
        AND v.number = CASE WHEN %(published)s THEN p.published_version ELSE p.version END
    LEFT JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
    WHERE o.tenant_id = %(tenant_id)s AND {{places}} AND {FILTER}
    ORDER BY o.path, p.form <> 'organization', secretary DESC, h.stroke_key, h.number, p.made_at, p.id
"""  # noqa: S608 — constants
MORE = """,
           p.trigger, p.trigger_text, v.duty, v.ability, v.goals, v.consultation, p.recorded_by, p.recorded_on,
           p.recorded_place, p.witness,
           CASE WHEN p.form IN ('group', 'joint') THEN coalesce((
               SELECT string_agg(a.name || CASE WHEN n.id IS NOT NULL THEN '（' || n.number || '）'
                                                WHEN a.headcount > 1 THEN a.headcount || '人' ELSE '' END,
                                 '、' ORDER BY a.position)
               FROM pledge_companion a LEFT JOIN person n ON n.tenant_id = a.tenant_id AND n.id = a.person_id
               WHERE a.tenant_id = v.tenant_id AND a.pledge_id = v.pledge_id AND a.version = v.number), '')
               ELSE '' END AS authors,
           (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'content', i.content, 'measure', i.measure, 'due_on', i.due_on, 'responsible', i.responsible,
                'beneficiaries', i.beneficiaries, 'aspect', i.aspect, 'origin', i.origin,
                'tags', array_to_string(i.tags, '、'), 'linked', CASE WHEN i.linked_item_id IS NOT NULL THEN (
                    SELECT l.content FROM pledge_item l
                    JOIN pledge q ON q.tenant_id = l.tenant_id AND q.id = l.pledge_id
                    WHERE l.tenant_id = i.tenant_id AND l.item_id = i.linked_item_id
                    ORDER BY l.version = q.published_version DESC NULLS LAST, l.version DESC LIMIT 1) END)
                ORDER BY i.position), '[]')
            FROM pledge_item i
            WHERE i.tenant_id = v.tenant_id AND i.pledge_id = v.pledge_id AND i.version = v.number) AS matters
"""
SOME = LINES.format(more="", places="o.id = ANY(%(organization_ids)s)") + "LIMIT %(limit)s OFFSET %(offset)s"
ALL = LINES.format(more="", places="o.path >= %(path)s AND o.path < %(end)s")
WHOLE = LINES.format(more=MORE, places="o.path >= %(path)s AND o.path < %(end)s")


def list_counts(conn: Connection, tenant_id: UUID, path: str, wanted: Wanted) -> list[Count]:
    """Count the pledges of each organisation from a path down that has any, in the order of the paths."""
    with conn.cursor(row_factory=class_row(Count)) as cursor:
        return cursor.execute(
            f"""
            SELECT o.id AS organization_id, count(*) AS number
            FROM organization o JOIN pledge p ON p.tenant_id = o.tenant_id AND p.organization_id = o.id
            WHERE o.tenant_id = %(tenant_id)s AND o.path >= %(path)s AND o.path < %(end)s AND {FILTER}
            GROUP BY o.id, o.path
            ORDER BY o.path
            """,  # noqa: S608 — constants
            _facts(tenant_id, path, wanted),
        ).fetchall()


def list_lines(
    conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID], wanted: Wanted, day: date, *, offset: int,
    limit: int,
) -> list[Line]:  # fmt: skip
    """Give some lines of these organisations: its own pledge first, then secretaries (R-009), then 姓氏笔画."""
    with conn.cursor(row_factory=record(Line)) as cursor:
        return cursor.execute(
            SOME,
            {**_facts(tenant_id, "", wanted), "organization_ids": list(organization_ids), "day": day, "offset": offset,
             "limit": limit},
        ).fetchall()  # fmt: skip


def stream(conn: Connection, tenant_id: UUID, path: str, wanted: Wanted, day: date) -> Iterator[Line]:
    """Give all lines from a path down, a thousand at a time, whatever their number."""
    with conn.cursor(f"ledger_{uuid4().hex}", row_factory=record(Line)) as cursor:
        cursor.itersize = 1000
        cursor.execute(ALL, {**_facts(tenant_id, path, wanted), "day": day})
        yield from cursor


def stream_details(conn: Connection, tenant_id: UUID, path: str, wanted: Wanted, day: date) -> Iterator[Detail]:
    """Give the same with everything from which a pledge could be entered anew."""
    with conn.cursor(f"ledger_{uuid4().hex}", row_factory=record(Detail)) as cursor:
        cursor.itersize = 1000
        cursor.execute(WHOLE, {**_facts(tenant_id, path, wanted), "day": day})
        yield from cursor


def _facts(tenant_id: UUID, path: str, wanted: Wanted) -> dict[str, Any]:
    end = path[:-1] + "0" if wanted.below else path + " "
    return {
        "tenant_id": tenant_id, "path": path, "end": end, "year": wanted.year,
        "published": wanted.published, "kind": wanted.kind, "form": wanted.form, "tag": wanted.tag,
    }  # fmt: skip
