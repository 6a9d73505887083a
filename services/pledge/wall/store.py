"""Every SQL statement on the wall."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row

from services.pledge.author import store as together
from services.pledge.pledge.domain import Item, Pledge
from services.pledge.publication.domain import Scope
from services.pledge.wall.domain import Eye, Hung, Secretary, Turn
from services.pledge.wall.rules import NotOnWall
from shared.db import Connection, record
from shared.directory.domain import Organization, Role

HEADS = [Role.SECRETARY, Role.GENERAL_BRANCH_SECRETARY]


def place(organization: Organization, year: int) -> dict[str, Any]:
    """Give where and when to look: at an organisation and all below it, in a year."""
    path = organization.path
    return {"tenant_id": organization.tenant_id, "path": path, "beyond": path[:-1] + "0", "year": year}


def hang(conn: Connection, pledge: Pledge, scope: Scope) -> None:
    """Hang a published pledge on the wall, or change for whom it hangs."""
    conn.execute(
        """
        INSERT INTO wall (tenant_id, pledge_id, organization_id, year, person_id, stroke_key, scope)
        SELECT o.tenant_id, %(pledge_id)s, o.id, %(year)s, h.id, coalesce(h.stroke_key, o.path), %(scope)s
        FROM organization o LEFT JOIN person h ON h.tenant_id = o.tenant_id AND h.id = %(person_id)s
        WHERE o.tenant_id = %(tenant_id)s AND o.id = %(organization_id)s
        ON CONFLICT (tenant_id, pledge_id) DO UPDATE SET
            scope = EXCLUDED.scope, stroke_key = EXCLUDED.stroke_key, organization_id = EXCLUDED.organization_id
        """,
        {
            "tenant_id": pledge.tenant_id,
            "pledge_id": pledge.id,
            "organization_id": pledge.organization_id,
            "year": pledge.year,
            "person_id": pledge.person_id,
            "scope": scope,
        },
    )


def take_down(conn: Connection, pledge: Pledge) -> None:
    """Take a pledge down from the wall."""
    conn.execute("DELETE FROM wall WHERE tenant_id = %s AND pledge_id = %s", [pledge.tenant_id, pledge.id])


def follow_person(conn: Connection, tenant_id: UUID, person_id: UUID) -> None:
    """Put the pledges of a person in the place that the name has now."""
    conn.execute(
        """
        UPDATE wall w SET stroke_key = h.stroke_key
        FROM person h
        WHERE w.tenant_id = %s AND w.person_id = %s AND h.tenant_id = w.tenant_id AND h.id = w.person_id
          AND w.stroke_key <> h.stroke_key
        """,
        [tenant_id, person_id],
    )


_RANK = "CASE WHEN w.person_id = ANY(%(heads)s) THEN 0 WHEN w.person_id IS NULL THEN 1 ELSE 2 END"
_VISIBLE = """
    w.tenant_id = %(tenant_id)s AND w.year = %(year)s AND w.organization_id IN (
        SELECT b.id FROM organization b
        WHERE b.tenant_id = %(tenant_id)s AND b.path >= %(path)s AND b.path < %(beyond)s)
    AND (w.scope = ANY(%(scopes)s) OR w.organization_id = ANY(%(inside)s))
"""
# The narrow rows are put in order before anything is joined to them. A page goes on from a pledge (`than`), so that
# the last page is read no slower than the first.
_PAGE = f"""
    WITH page AS (
        SELECT w.tenant_id, w.pledge_id, w.scope, row_number() OVER () AS position
        FROM (
            SELECT w.tenant_id, w.pledge_id, w.scope FROM wall w
            WHERE {_VISIBLE}
              AND (%(than)s::uuid IS NULL OR ({_RANK}, w.stroke_key, w.pledge_id) {{compare}} (
                  SELECT {_RANK}, w.stroke_key, w.pledge_id FROM wall w
                  WHERE w.tenant_id = %(tenant_id)s AND w.pledge_id = %(than)s))
            ORDER BY {_RANK} {{order}}, w.stroke_key {{order}}, w.pledge_id {{order}}
            LIMIT %(most)s OFFSET %(first)s) w)
    SELECT p.id AS pledge_id, p.organization_id, o.name AS organization, p.person_id,
           coalesce(h.name, o.name) AS name, coalesce(p.person_id = ANY(%(heads)s), false) AS secretary, p.form,
           p.kind, p.year, page.scope AS scope, v.headline, p.published_version AS version
    FROM page
    JOIN pledge p ON p.tenant_id = page.tenant_id AND p.id = page.pledge_id
    JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id AND v.number = p.published_version
    JOIN organization o ON o.tenant_id = p.tenant_id AND o.id = p.organization_id
    LEFT JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
    ORDER BY page.position
"""  # noqa: S608 — constants
_ONWARD, _BACK = _PAGE.format(compare=">", order="ASC"), _PAGE.format(compare="<", order="DESC")


def list_hung(
    conn: Connection, where: Mapping[str, Any], heads: Sequence[UUID], eye: Eye, turn: Turn, most: int
) -> list[Hung]:
    """Give a page of the wall: secretaries, organisations, then everybody in 姓氏笔画 order (R-009).

    `where` comes from `place`.
    """
    facts = {**where, **_eye(eye), "heads": list(heads), "most": most, "than": turn.after or turn.before,
             "first": 0 if turn.after or turn.before else turn.first}  # fmt: skip
    with conn.cursor(row_factory=record(Hung)) as cursor:
        rows = cursor.execute(_BACK if turn.before else _ONWARD, facts).fetchall()
    return _with_items(conn, where["tenant_id"], rows[::-1] if turn.before else rows)


def count_hung(conn: Connection, where: Mapping[str, Any], eye: Eye) -> int:
    """Count what hangs on the wall of a year for an eye."""
    row = conn.execute(
        f"SELECT count(*) FROM wall w WHERE {_VISIBLE}",  # noqa: S608 — constants
        {**where, **_eye(eye)},
    ).fetchone()
    return int(row[0]) if row else 0


def list_years(conn: Connection, where: Mapping[str, Any], years: Sequence[int], eye: Eye) -> list[int]:
    """Give in which of some years anything hangs."""
    rows = conn.execute(
        """
        SELECT y.year FROM unnest(%(years)s::int[]) AS y (year)
        WHERE EXISTS (
            SELECT FROM wall w
            WHERE w.tenant_id = %(tenant_id)s AND w.year = y.year AND w.organization_id IN (
                          SELECT b.id FROM organization b
                          WHERE b.tenant_id = %(tenant_id)s AND b.path >= %(path)s AND b.path < %(beyond)s)
              AND (w.scope = ANY(%(scopes)s) OR w.organization_id = ANY(%(inside)s)))
        ORDER BY y.year DESC
        """,
        {**where, **_eye(eye), "years": list(years)},
    ).fetchall()
    return [int(row[0]) for row in rows]


def find_scope(conn: Connection, pledge_id: UUID) -> tuple[UUID, UUID, Scope]:
    """Give of whichever tenant, organisation and scope a hung pledge is. Raises `NotOnWall`."""
    row = conn.execute(
        "SELECT tenant_id, organization_id, scope FROM wall WHERE pledge_id = %s", [pledge_id]
    ).fetchone()
    if row is None:
        raise NotOnWall
    return row[0], row[1], Scope(row[2])


def list_for_paper(
    conn: Connection, where: Mapping[str, Any], heads: Sequence[UUID], *, pledge_id: UUID | None = None, most: int
) -> list[Hung]:
    """Give what is to be printed: the newest reviewed texts, public or about to be, in the order of the wall."""
    with conn.cursor(row_factory=record(Hung)) as cursor:
        rows = cursor.execute(
            """
            SELECT p.id AS pledge_id, p.organization_id, o.name AS organization, p.person_id,
                   coalesce(h.name, o.name) AS name, coalesce(p.person_id = ANY(%(heads)s), false) AS secretary, p.form,
                   p.kind, p.year, 'public' AS scope, v.headline, v.number AS version
            FROM pledge p
            JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id
            JOIN organization o ON o.tenant_id = p.tenant_id AND o.id = p.organization_id
            LEFT JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
            WHERE p.tenant_id = %(tenant_id)s AND o.path >= %(path)s AND o.path < %(beyond)s AND p.state <> 'withdrawn'
              AND (%(pledge_id)s::uuid IS NOT NULL OR p.year = %(year)s)
              AND (%(pledge_id)s::uuid IS NULL OR p.id = %(pledge_id)s)
              AND (v.state = 'approved' AND v.number = p.version
                   OR v.number = p.published_version AND NOT EXISTS (
                        SELECT FROM pledge_version n
                        WHERE n.tenant_id = p.tenant_id AND n.pledge_id = p.id AND n.number = p.version
                          AND n.state = 'approved'))
            ORDER BY CASE WHEN p.person_id = ANY(%(heads)s) THEN 0 WHEN p.person_id IS NULL THEN 1 ELSE 2 END,
                     coalesce(h.stroke_key, o.path) COLLATE "C", p.id
            LIMIT %(most)s
            """,
            {**where, "heads": list(heads), "pledge_id": pledge_id, "most": most},
        ).fetchall()
    return _with_items(conn, where["tenant_id"], rows)


def list_children(conn: Connection, organization: Organization) -> list[tuple[UUID, str]]:
    """Give the organisations right below one, in the order of their codes, by id and name."""
    return conn.execute(
        "SELECT id, name FROM organization WHERE tenant_id = %s AND parent_id = %s AND active ORDER BY path",
        [organization.tenant_id, organization.id],
    ).fetchall()


def list_secretaries(conn: Connection, organization: Organization, year: int, day: date) -> list[Secretary]:
    """Give who leads a branch or 党总支 at or below an organisation, with the day of the annual pledge's showing."""
    with conn.cursor(row_factory=record(Secretary)) as cursor:
        return cursor.execute(
            """
            SELECT h.id AS person_id, h.name, string_agg(DISTINCT o.name, '、') AS organization,
                   (SELECT min(u.published_on)
                    FROM wall w
                    JOIN pledge p ON p.tenant_id = w.tenant_id AND p.id = w.pledge_id AND p.kind = 'annual'
                    JOIN publication u ON u.tenant_id = p.tenant_id AND u.pledge_id = p.id
                        AND u.struck_at IS NULL
                    WHERE w.tenant_id = h.tenant_id AND w.person_id = h.id AND w.year = %(year)s) AS published_on
            FROM position s
            JOIN organization o ON o.tenant_id = s.tenant_id AND o.id = s.organization_id AND o.active
            JOIN person h ON h.tenant_id = s.tenant_id AND h.id = s.person_id AND h.active
            WHERE s.tenant_id = %(tenant_id)s AND s.role = ANY(%(roles)s) AND starts_with(o.path, %(path)s)
              AND s.starts_on <= %(day)s AND (s.ends_on IS NULL OR s.ends_on >= %(day)s)
            GROUP BY h.tenant_id, h.id, h.name, h.stroke_key
            ORDER BY h.stroke_key COLLATE "C", h.id
            """,
            {
                "tenant_id": organization.tenant_id,
                "path": organization.path,
                "roles": [str(role) for role in HEADS],
                "year": year,
                "day": day,
            },
        ).fetchall()


def _eye(eye: Eye) -> dict[str, Any]:
    return {"scopes": [str(scope) for scope in eye.scopes], "inside": eye.inside}


def _with_items(conn: Connection, tenant_id: UUID, rows: Sequence[Hung]) -> list[Hung]:
    with conn.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(
            """
            SELECT i.pledge_id, i.item_id, i.content, i.measure, i.due_on, i.responsible, i.beneficiaries, i.aspect,
                   i.origin, i.tags, i.linked_item_id
            FROM unnest(%s::uuid[], %s::int[]) AS shown (pledge_id, version)
            JOIN pledge_item i ON i.tenant_id = %s AND i.pledge_id = shown.pledge_id AND i.version = shown.version
            ORDER BY i.pledge_id, i.position
            """,
            [[row.pledge_id for row in rows], [row.version for row in rows], tenant_id],
        ).fetchall()
    items: dict[UUID, list[Item]] = {}
    for one in found:
        items.setdefault(one.pop("pledge_id"), []).append(Item(**one))
    authors = together.of_versions(conn, tenant_id, [(row.pledge_id, row.version) for row in rows if row.together])
    return [replace(row, items=items.get(row.pledge_id, []), authors=authors.get(row.pledge_id, [])) for row in rows]
