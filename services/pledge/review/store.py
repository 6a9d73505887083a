"""Every SQL statement on reviews, and on the versions that wait for one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.pledge.pledge.domain import Form, Kind, Pledge, VersionState
from services.pledge.review.domain import Review
from shared.db import Connection, record


@dataclass(frozen=True)
class Waiting:
    """A newest version that waits for a reviewer, or was sent back."""

    pledge_id: UUID
    organization_id: UUID
    organization: str
    path: str
    person_id: UUID | None
    name: str
    form: Form
    kind: Kind
    year: int
    scheme_id: UUID
    scheme_version: int
    version: int
    state: VersionState
    headline: str
    made_by: UUID
    submitted_at: datetime | None
    late: bool
    follow_up_on: date | None = None
    total: int = 0
    """how many wait in all, with those that are not listed"""


def add(conn: Connection, review: Review) -> None:
    """Keep what a reviewer decided."""
    conn.execute(
        """
        INSERT INTO review
            (tenant_id, id, pledge_id, version, step, organization_id, passed, checklist, met, advice, follow_up_on,
             reviewed_by, reviewed_at)
        VALUES (%(tenant_id)s, %(id)s, %(pledge_id)s, %(version)s, %(step)s, %(organization_id)s, %(passed)s,
                %(checklist)s, %(met)s, %(advice)s, %(follow_up_on)s, %(reviewed_by)s, %(reviewed_at)s)
        """,
        asdict(review),
    )


def list_reviews(conn: Connection, pledge: Pledge) -> list[Review]:
    """Give all that reviewers decided on a pledge, the first round first."""
    with conn.cursor(row_factory=record(Review)) as cursor:
        return cursor.execute(
            """
            SELECT tenant_id, id, pledge_id, version, step, organization_id, passed, checklist, met, advice,
                   follow_up_on, reviewed_by, reviewed_at
            FROM review WHERE tenant_id = %s AND pledge_id = %s ORDER BY version, reviewed_at
            """,
            [pledge.tenant_id, pledge.id],
        ).fetchall()


_COLUMNS = """
    SELECT p.id AS pledge_id, p.organization_id, o.name AS organization, o.path, p.person_id,
           coalesce(h.name, o.name) AS name, p.form, p.kind, p.year, p.scheme_id, p.scheme_version, v.number AS version,
           v.state, v.headline, v.made_by, v.submitted_at, p.late, r.follow_up_on, count(*) OVER ()::int AS total
"""
_WAITING = (
    _COLUMNS
    + """
    FROM pledge_version v
    JOIN pledge p ON p.tenant_id = v.tenant_id AND p.id = v.pledge_id AND p.version = v.number AND p.state = 'open'
    JOIN organization o ON o.tenant_id = p.tenant_id AND o.id = p.organization_id
    LEFT JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
    LEFT JOIN review r ON r.tenant_id = v.tenant_id AND r.pledge_id = v.pledge_id AND r.version = v.number
        AND NOT r.passed
"""
)
_SEEN = """
    (o.path = ANY(%(exact)s) OR EXISTS (
        SELECT FROM unnest(%(within)s::text[]) AS at (path) WHERE starts_with(o.path, at.path)))
"""
# What `commands.check` asks of one pledge, asked of all that wait at once: the step by scheme and form, whose task it
# is, the reviewer's office there, and that nobody decides on the own pledge or twice. A test holds the two together.
_DECIDABLE = f"""
    WITH turn AS (
        SELECT * FROM unnest(%(scheme_ids)s::uuid[], %(scheme_versions)s::int[], %(firsts)s::text[], %(lasts)s::text[])
            AS s (scheme_id, scheme_version, first, last)
    ),
    officer AS MATERIALIZED (
        SELECT s.organization_id, array_agg(DISTINCT s.person_id) AS people
        FROM position s JOIN person n ON n.tenant_id = s.tenant_id AND n.id = s.person_id AND n.active
        WHERE s.tenant_id = %(tenant_id)s AND s.role = ANY(%(officers)s) AND s.starts_on <= %(day)s
          AND (s.ends_on IS NULL OR s.ends_on >= %(day)s)
        GROUP BY s.organization_id
    ),
    o AS MATERIALIZED (
        SELECT o.id, o.name, o.path, f.people,
               o.kind IN ('general_branch', 'committee', 'superior') AS upper, coalesce((
            SELECT a.path FROM organization a
            WHERE a.tenant_id = o.tenant_id AND a.kind IN ('general_branch', 'committee') AND a.path = ANY(ARRAY(
                SELECT substr(o.path, 1, place) FROM generate_series(1, length(o.path) - 1) AS place
                WHERE substr(o.path, place, 1) = '/'))
            ORDER BY length(a.path) DESC LIMIT 1), o.path) AS above
        FROM organization o LEFT JOIN officer f ON f.organization_id = o.id
        WHERE o.tenant_id = %(tenant_id)s AND o.id = ANY(%(places)s)
    )
    {_COLUMNS}
    FROM pledge_version v
    JOIN pledge p ON p.tenant_id = v.tenant_id AND p.id = v.pledge_id AND p.version = v.number AND p.state = 'open'
    JOIN o ON o.id = p.organization_id
    JOIN turn t ON t.scheme_id = p.scheme_id AND t.scheme_version = p.scheme_version
    CROSS JOIN LATERAL (
        SELECT CASE WHEN p.form = 'organization' THEN 'superior' WHEN v.state = 'passed_once' THEN t.last ELSE t.first
               END AS step) w
    CROSS JOIN LATERAL (
        SELECT CASE WHEN w.step = 'branch' OR (w.step = 'general_branch' AND o.upper) THEN o.path ELSE o.above
               END AS path) place
    LEFT JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
    CROSS JOIN LATERAL (SELECT NULL::date AS follow_up_on) r
    WHERE v.tenant_id = %(tenant_id)s AND v.state IN ('submitted', 'passed_once')
      AND p.tenant_id = %(tenant_id)s AND p.organization_id = ANY(%(places)s)
      AND (w.step = 'branch' AND coalesce(%(viewer_id)s = ANY(o.people), false) OR EXISTS (
          SELECT FROM unnest(%(above)s::text[]) AS at (path) WHERE starts_with(place.path, at.path)))
      AND p.person_id IS DISTINCT FROM %(viewer_id)s
      AND NOT (p.form = 'organization' AND v.made_by = %(viewer_id)s AND place.path <> o.path)
      AND NOT EXISTS (
          SELECT FROM pledge_companion a
          WHERE a.tenant_id = p.tenant_id AND a.pledge_id = p.id AND a.version = v.number
            AND a.person_id = %(viewer_id)s)
      AND NOT EXISTS (
          SELECT FROM review e
          WHERE e.tenant_id = v.tenant_id AND e.pledge_id = v.pledge_id AND e.version = v.number
            AND e.reviewed_by = %(viewer_id)s)
      AND (w.step <> 'branch' OR o.people IS NULL OR %(viewer_id)s = ANY(o.people) OR p.person_id = ANY(o.people)
           OR (p.form IN ('group', 'joint') AND EXISTS (
               SELECT FROM pledge_companion a
               WHERE a.tenant_id = p.tenant_id AND a.pledge_id = p.id AND a.version = v.number
                 AND a.person_id = ANY(o.people))))
    ORDER BY v.submitted_at, p.id LIMIT %(most)s OFFSET %(first)s
"""  # noqa: S608 — constants


def list_decidable(conn: Connection, facts: Mapping[str, Any]) -> list[Waiting]:
    """Give what waits for one reviewer, the one handed in first at the top; `reading.queue` makes the facts."""
    with conn.cursor(row_factory=record(Waiting)) as cursor:
        return cursor.execute(_DECIDABLE, facts).fetchall()


def list_places(conn: Connection, tenant_id: UUID, spans: tuple[list[str], list[str]]) -> list[UUID]:
    """Give the organisations over which a permission spans; with their ids a small queue is found by an index."""
    rows = conn.execute(
        f"SELECT o.id FROM organization o WHERE o.tenant_id = %(tenant_id)s AND {_SEEN}",  # noqa: S608 — constants
        {"tenant_id": tenant_id, "exact": spans[0], "within": spans[1]},
    ).fetchall()
    return [row[0] for row in rows]


def list_schemes(conn: Connection, tenant_id: UUID) -> list[tuple[UUID, int]]:
    """Give the schemes, by version, under which anything waits for a review."""
    return conn.execute(
        """
        SELECT DISTINCT p.scheme_id, p.scheme_version
        FROM pledge_version v JOIN pledge p ON p.tenant_id = v.tenant_id AND p.id = v.pledge_id
        WHERE v.tenant_id = %s AND v.state IN ('submitted', 'passed_once')
        """,
        [tenant_id],
    ).fetchall()


def list_waiting(
    conn: Connection, tenant_id: UUID, spans: tuple[list[str], list[str]], state: VersionState, most: int
) -> list[Waiting]:
    """Give the newest versions in a state where a permission spans, the one handed in first at the top."""
    with conn.cursor(row_factory=record(Waiting)) as cursor:
        return cursor.execute(
            f"{_WAITING} WHERE v.tenant_id = %(tenant_id)s AND v.state = %(state)s AND v.state IN ('submitted', "
            f"'passed_once', 'returned', 'approved') AND {_SEEN} ORDER BY v.submitted_at, p.id LIMIT %(most)s",
            {"tenant_id": tenant_id, "state": state, "exact": spans[0], "within": spans[1], "most": most},
        ).fetchall()


def list_returned_to(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Waiting]:
    """Give what was sent back to a person and is not mended, the most urgent first."""
    with conn.cursor(row_factory=record(Waiting)) as cursor:
        return cursor.execute(
            _WAITING
            + """
            WHERE v.tenant_id = %(tenant_id)s AND v.state = 'returned'
              AND (p.person_id = %(person_id)s OR (p.person_id IS NULL AND v.made_by = %(person_id)s))
            ORDER BY r.follow_up_on, p.id
            """,
            {"tenant_id": tenant_id, "person_id": person_id},
        ).fetchall()


def list_titles(conn: Connection, tenant_id: UUID, organization_id: UUID, year: int) -> dict[UUID, str]:
    """Give the newest one sentence of every pledge of an organisation that was handed in, to be compared."""
    rows = conn.execute(
        """
        SELECT p.id, v.headline
        FROM pledge p
        JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id AND v.number = p.version
        WHERE p.tenant_id = %s AND p.organization_id = %s AND p.year = %s AND p.submitted_at IS NOT NULL
        """,
        [tenant_id, organization_id, year],
    ).fetchall()
    return {row[0]: row[1] for row in rows}
