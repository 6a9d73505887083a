"""Every SQL statement on coverage: each level in one statement, the people of a branch in one."""

from datetime import date

from psycopg.rows import class_row

from services.pledge.coverage.domain import Coverage, Standing
from shared.db import Connection, record
from shared.directory.domain import Kind, Organization

# Who pledged: who answers for an annual pledge that was handed in, or is named as a member who makes it too.
# `given` is read off the index pledge_given in its own order, in which a written pledge comes before a spoken one.
GIVEN = """
    given AS (
        SELECT DISTINCT ON (p.person_id) p.person_id, p.oral FROM pledge p
        WHERE p.tenant_id = %(tenant_id)s AND p.year = %(year)s AND p.kind = 'annual' AND p.community = ''
          AND p.submitted_at IS NOT NULL AND p.state <> 'withdrawn' AND p.person_id IS NOT NULL
        ORDER BY p.person_id, p.oral
    ),
    joined AS (
        SELECT DISTINCT a.person_id FROM pledge_companion a
        JOIN pledge p ON p.tenant_id = a.tenant_id AND p.id = a.pledge_id
        WHERE a.tenant_id = %(tenant_id)s AND a.person_id IS NOT NULL AND a.counts AND p.year = %(year)s
          AND p.kind = 'annual' AND p.community = '' AND p.submitted_at IS NOT NULL AND p.state <> 'withdrawn'
    ),
    treated AS (
        SELECT t.person_id, t.kind FROM treatment t
        WHERE t.tenant_id = %(tenant_id)s AND t.year = %(year)s AND t.state = 'consented'
    )
"""
STATUS = """
    CASE WHEN j.person_id IS NOT NULL OR NOT g.oral THEN 'pledged'
         WHEN g.oral THEN 'oral'
         WHEN t.kind IN ('exempt', 'encouraged') THEN t.kind
         WHEN h.exempt AND (SELECT x.exempts FROM adopted x WHERE starts_with(%(path)s, x.path)
                            ORDER BY length(x.path) DESC LIMIT 1) THEN 'exempt'
         ELSE 'missing' END
"""
# The same as a number: a hundred thousand people are grouped by it faster than by a word. 6 is who is exempt in the
# roster: whether that counts the scheme of the organisation says.
CODE = """
    CASE WHEN j.person_id IS NOT NULL OR NOT g.oral THEN 1
         WHEN g.oral THEN 2
         WHEN t.kind = 'exempt' THEN 3
         WHEN t.kind = 'encouraged' THEN 4
         WHEN h.exempt THEN 6
         ELSE 5 END
"""
# By which organisations' schemes somebody can be exempt (C16); a scheme that sets no treatments has the default, which
# knows no exemption.
ADOPTED = """
    adopted AS (
        SELECT DISTINCT ON (o.path) o.path, coalesce(a.settings -> 'pledge.treatments' ? 'exempt', false) AS exempts
        FROM adoption a JOIN organization o ON o.tenant_id = a.tenant_id AND o.id = a.organization_id
        WHERE a.tenant_id = %(tenant_id)s ORDER BY o.path, a.version DESC
    )
"""
# The row to which an organisation counts is the child of the root on its path; the root itself, and the 党小组 right
# below a branch, count to the root's own row.
PLACE = """
    place AS (
        SELECT o.tenant_id, o.id, o.kind, CASE
            WHEN o.path = %(path)s OR (o.kind = 'group' AND o.parent_id = %(root_id)s) THEN %(path)s
            ELSE %(path)s || split_part(substr(o.path, length(%(path)s) + 1), '/', 1) || '/' END AS row_path,
            (SELECT x.exempts FROM adopted x WHERE starts_with(o.path, x.path)
             ORDER BY length(x.path) DESC LIMIT 1) IS TRUE AS exempts
        FROM organization o
        WHERE o.tenant_id = %(tenant_id)s AND o.path >= %(path)s AND o.path < %(end)s AND o.active
    )
"""
_LEVEL = f"""
    WITH {ADOPTED}, {PLACE}, {GIVEN},
    counted AS (
        SELECT h.organization_id, h.standing = 'nonparty' AS staff, {CODE} AS status, count(*) AS number
        FROM person h
        LEFT JOIN given g ON g.person_id = h.id
        LEFT JOIN joined j ON j.person_id = h.id
        LEFT JOIN treated t ON t.person_id = h.id
        WHERE h.tenant_id = %(tenant_id)s AND h.active AND h.standing IN ('formal', 'probationary', 'nonparty')
          {{within}}
        GROUP BY 1, 2, 3
    ),
    people AS (
        SELECT l.row_path,
               sum(n.number) FILTER (WHERE NOT n.staff) AS members,
               sum(n.number) FILTER (WHERE NOT n.staff AND n.status = 1) AS pledged,
               sum(n.number) FILTER (WHERE NOT n.staff AND n.status = 2) AS oral,
               sum(n.number) FILTER (WHERE NOT n.staff AND n.status = 4) AS encouraged,
               sum(n.number) FILTER (WHERE NOT n.staff AND (n.status = 3 OR n.status = 6 AND l.exempts)) AS exempt,
               sum(n.number) FILTER (WHERE NOT n.staff AND (n.status = 5 OR n.status = 6 AND NOT l.exempts)) AS missing,
               sum(n.number) FILTER (WHERE n.staff) AS staff,
               sum(n.number) FILTER (WHERE n.staff AND n.status IN (1, 2)) AS staff_pledged
        FROM counted n JOIN place l ON l.id = n.organization_id
        GROUP BY l.row_path
    ),
    bodies AS (
        SELECT l.row_path, count(*) AS organizations, count(d.organization_id) AS organizations_pledged
        FROM place l
        LEFT JOIN (
            SELECT DISTINCT p.organization_id FROM pledge p
            WHERE p.tenant_id = %(tenant_id)s AND p.year = %(year)s AND p.kind = 'annual' AND p.community = ''
              AND p.submitted_at IS NOT NULL AND p.state <> 'withdrawn' AND p.person_id IS NULL
        ) d ON d.organization_id = l.id
        WHERE l.kind <> 'group'
        GROUP BY l.row_path
    )
    SELECT o.id AS organization_id, o.name, o.kind, coalesce(n.members, 0)::int AS members,
           coalesce(n.pledged, 0)::int AS pledged, coalesce(n.oral, 0)::int AS oral,
           coalesce(n.encouraged, 0)::int AS encouraged, coalesce(n.exempt, 0)::int AS exempt,
           coalesce(n.missing, 0)::int AS missing, coalesce(n.staff, 0)::int AS staff,
           coalesce(n.staff_pledged, 0)::int AS staff_pledged, b.organizations, b.organizations_pledged
    FROM bodies b
    JOIN organization o ON o.tenant_id = %(tenant_id)s AND o.path = b.row_path
    LEFT JOIN people n ON n.row_path = b.row_path
    ORDER BY o.path
"""  # noqa: S608 — constants
UNIVERSITY = _LEVEL.format(within="")
PART = _LEVEL.format(within="AND h.organization_id IN (SELECT id FROM place)")
BRANCH = f"""
    WITH {ADOPTED}
    SELECT h.id AS person_id, h.name, h.number, h.standing <> 'nonparty' AS party,
           EXISTS (SELECT FROM position s
                   WHERE s.tenant_id = h.tenant_id AND s.person_id = h.id
                     AND s.role IN ('secretary', 'general_branch_secretary') AND s.starts_on <= %(day)s
                     AND (s.ends_on IS NULL OR s.ends_on >= %(day)s)) AS secretary,
           {STATUS} AS status, g.id AS pledge_id
    FROM person h
    LEFT JOIN LATERAL (
        SELECT bool_and(p.oral) FILTER (WHERE p.submitted_at IS NOT NULL) AS oral,
               (array_agg(p.id ORDER BY p.submitted_at IS NULL, p.made_at))[1] AS id
        FROM pledge p
        WHERE p.tenant_id = h.tenant_id AND p.person_id = h.id AND p.year = %(year)s AND p.kind = 'annual'
          AND p.community = '' AND p.state <> 'withdrawn'
    ) g ON true
    LEFT JOIN LATERAL (
        SELECT a.person_id FROM pledge_companion a
        JOIN pledge p ON p.tenant_id = a.tenant_id AND p.id = a.pledge_id
        WHERE a.tenant_id = h.tenant_id AND a.person_id = h.id AND a.counts AND p.year = %(year)s
          AND p.kind = 'annual' AND p.community = '' AND p.submitted_at IS NOT NULL AND p.state <> 'withdrawn'
        LIMIT 1
    ) j ON true
    LEFT JOIN treatment t ON t.tenant_id = h.tenant_id AND t.person_id = h.id AND t.year = %(year)s
        AND t.state = 'consented'
    WHERE h.tenant_id = %(tenant_id)s AND h.active AND h.standing IN ('formal', 'probationary', 'nonparty')
      AND h.organization_id IN (
          SELECT id FROM organization
          WHERE tenant_id = %(tenant_id)s AND (id = %(root_id)s OR (kind = 'group' AND parent_id = %(root_id)s)))
    ORDER BY secretary DESC, h.stroke_key, h.number
"""  # noqa: S608 — constants


def list_levels(conn: Connection, root: Organization, year: int) -> list[Coverage]:
    """Count an organisation: its own row, and one for each right below it with all that stands under it."""
    if root.kind is not Kind.COMMITTEE:
        with conn.cursor(row_factory=class_row(Coverage)) as cursor:
            return cursor.execute(PART, _facts(root, year)).fetchall()
    # Of a whole university both sides lie sorted in their indexes, and merging them takes a third of the time of the
    # hash join that the planner prefers, because it takes an index for scattered pages on a disk.
    with conn.transaction(), conn.cursor(row_factory=class_row(Coverage)) as cursor:
        cursor.execute("SET LOCAL enable_hashjoin = off")
        found = cursor.execute(UNIVERSITY, _facts(root, year)).fetchall()
        cursor.execute("SET LOCAL enable_hashjoin = on")
    return found


def list_people(conn: Connection, root: Organization, year: int, day: date) -> list[Standing]:
    """Give how everybody of one organisation stands, secretaries first (R-009), then in 姓氏笔画 order."""
    with conn.cursor(row_factory=record(Standing)) as cursor:
        return cursor.execute(BRANCH, {**_facts(root, year), "day": day}).fetchall()


def _facts(root: Organization, year: int) -> dict[str, object]:
    return {
        "tenant_id": root.tenant_id, "root_id": root.id, "path": root.path, "end": root.path[:-1] + "0", "year": year,
    }  # fmt: skip
