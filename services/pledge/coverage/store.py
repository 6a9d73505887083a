"""Every SQL statement on coverage: each level in one statement, the people of a branch in one."""

from datetime import date

from psycopg.rows import class_row

from services.pledge.coverage.domain import Coverage, Standing
from shared.db import Connection, record
from shared.directory.domain import Organization

# Who pledged: who answers for an annual pledge that was handed in, or is named as a member who makes it too.
GIVEN = """
    given AS (
        SELECT person_id, bool_and(oral) AS oral FROM (
            SELECT p.person_id, p.oral FROM pledge p
            WHERE p.tenant_id = %(tenant_id)s AND p.year = %(year)s AND p.kind = 'annual' AND p.community = ''
              AND p.submitted_at IS NOT NULL AND p.state <> 'withdrawn' AND p.person_id IS NOT NULL
            UNION ALL
            SELECT a.person_id, false FROM pledge_author a
            JOIN pledge p ON p.tenant_id = a.tenant_id AND p.id = a.pledge_id
            WHERE a.tenant_id = %(tenant_id)s AND a.person_id IS NOT NULL AND p.year = %(year)s AND p.kind = 'annual'
              AND p.community = '' AND p.submitted_at IS NOT NULL AND p.state <> 'withdrawn'
        ) handed_in GROUP BY person_id
    ),
    treated AS (
        SELECT t.person_id, t.kind FROM treatment t
        WHERE t.tenant_id = %(tenant_id)s AND t.year = %(year)s AND t.state = 'consented'
    )
"""
STATUS = """
    CASE WHEN g.person_id IS NOT NULL THEN CASE WHEN g.oral THEN 'oral' ELSE 'pledged' END
         WHEN h.exempt OR t.kind = 'exempt' THEN 'exempt'
         WHEN t.kind = 'encouraged' THEN 'encouraged'
         ELSE 'missing' END
"""
# The row to which an organisation counts is the child of the root on its path; the root itself, and the 党小组 right
# below a branch, count to the root's own row.
PLACE = """
    place AS (
        SELECT o.tenant_id, o.id, o.kind, CASE
            WHEN o.path = %(path)s OR (o.kind = 'group' AND o.parent_id = %(root_id)s) THEN %(path)s
            ELSE %(path)s || split_part(substr(o.path, length(%(path)s) + 1), '/', 1) || '/' END AS row_path
        FROM organization o
        WHERE o.tenant_id = %(tenant_id)s AND o.path >= %(path)s AND o.path < %(end)s AND o.active
    )
"""
LEVEL = f"""
    WITH {PLACE}, {GIVEN},
    people AS (
        SELECT l.row_path,
               count(*) FILTER (WHERE h.standing <> 'nonparty') AS members,
               count(*) FILTER (WHERE h.standing <> 'nonparty' AND s.status = 'pledged') AS pledged,
               count(*) FILTER (WHERE h.standing <> 'nonparty' AND s.status = 'oral') AS oral,
               count(*) FILTER (WHERE h.standing <> 'nonparty' AND s.status = 'encouraged') AS encouraged,
               count(*) FILTER (WHERE h.standing <> 'nonparty' AND s.status = 'exempt') AS exempt,
               count(*) FILTER (WHERE h.standing <> 'nonparty' AND s.status = 'missing') AS missing,
               count(*) FILTER (WHERE h.standing = 'nonparty') AS staff,
               count(*) FILTER (WHERE h.standing = 'nonparty' AND s.status IN ('pledged', 'oral')) AS staff_pledged
        FROM person h
        JOIN place l ON l.id = h.organization_id
        LEFT JOIN given g ON g.person_id = h.id
        LEFT JOIN treated t ON t.person_id = h.id
        CROSS JOIN LATERAL (SELECT {STATUS} AS status) s
        WHERE h.tenant_id = %(tenant_id)s AND h.active AND h.standing IN ('formal', 'probationary', 'nonparty')
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
    SELECT o.id AS organization_id, o.name, o.kind, coalesce(n.members, 0) AS members,
           coalesce(n.pledged, 0) AS pledged, coalesce(n.oral, 0) AS oral, coalesce(n.encouraged, 0) AS encouraged,
           coalesce(n.exempt, 0) AS exempt, coalesce(n.missing, 0) AS missing, coalesce(n.staff, 0) AS staff,
           coalesce(n.staff_pledged, 0) AS staff_pledged, b.organizations, b.organizations_pledged
    FROM bodies b
    JOIN organization o ON o.tenant_id = %(tenant_id)s AND o.path = b.row_path
    LEFT JOIN people n ON n.row_path = b.row_path
    ORDER BY o.path
"""  # noqa: S608 — constants
BRANCH = f"""
    WITH {GIVEN}
    SELECT h.id AS person_id, h.name, h.number, h.standing <> 'nonparty' AS party,
           EXISTS (SELECT FROM position s
                   WHERE s.tenant_id = h.tenant_id AND s.person_id = h.id
                     AND s.role IN ('secretary', 'general_branch_secretary') AND s.starts_on <= %(day)s
                     AND (s.ends_on IS NULL OR s.ends_on >= %(day)s)) AS secretary,
           {STATUS} AS status, d.id AS pledge_id
    FROM person h
    JOIN organization o ON o.tenant_id = h.tenant_id AND o.id = h.organization_id
    LEFT JOIN given g ON g.person_id = h.id
    LEFT JOIN treated t ON t.person_id = h.id
    LEFT JOIN LATERAL (
        SELECT p.id FROM pledge p
        WHERE p.tenant_id = h.tenant_id AND p.person_id = h.id AND p.year = %(year)s AND p.kind = 'annual'
          AND p.community = '' AND p.state <> 'withdrawn'
        ORDER BY p.submitted_at IS NULL, p.made_at LIMIT 1
    ) d ON true
    WHERE h.tenant_id = %(tenant_id)s AND h.active AND h.standing IN ('formal', 'probationary', 'nonparty')
      AND (o.id = %(root_id)s OR (o.kind = 'group' AND o.parent_id = %(root_id)s))
    ORDER BY secretary DESC, h.stroke_key, h.number
"""  # noqa: S608 — constants


def list_levels(conn: Connection, root: Organization, year: int) -> list[Coverage]:
    """Count an organisation: its own row, and one for each right below it with all that stands under it."""
    with conn.cursor(row_factory=class_row(Coverage)) as cursor:
        return cursor.execute(LEVEL, _facts(root, year)).fetchall()


def list_people(conn: Connection, root: Organization, year: int, day: date) -> list[Standing]:
    """Give how everybody of one organisation stands, secretaries first (R-009), then in 姓氏笔画 order."""
    with conn.cursor(row_factory=record(Standing)) as cursor:
        return cursor.execute(BRANCH, {**_facts(root, year), "day": day}).fetchall()


def _facts(root: Organization, year: int) -> dict[str, object]:
    return {
        "tenant_id": root.tenant_id, "root_id": root.id, "path": root.path, "end": root.path[:-1] + "0", "year": year,
    }  # fmt: skip
