"""Every SQL statement on reviews, and on the versions that wait for one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
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


def list_deciders(conn: Connection, tenant_id: UUID, pledge_ids: Sequence[UUID]) -> dict[tuple[UUID, int], set[UUID]]:
    """Give who decided already on the versions of pledges."""
    rows = conn.execute(
        "SELECT pledge_id, version, reviewed_by FROM review WHERE tenant_id = %s AND pledge_id = ANY(%s)",
        [tenant_id, list(pledge_ids)],
    ).fetchall()
    found: dict[tuple[UUID, int], set[UUID]] = {}
    for pledge_id, version, person_id in rows:
        found.setdefault((pledge_id, version), set()).add(person_id)
    return found


_WAITING = """
    SELECT p.id AS pledge_id, p.organization_id, o.name AS organization, o.path, p.person_id,
           coalesce(h.name, o.name) AS name, p.form, p.kind, p.year, p.scheme_id, p.scheme_version, v.number AS version,
           v.state, v.headline, v.made_by, v.submitted_at, p.late, r.follow_up_on
    FROM pledge_version v
    JOIN pledge p ON p.tenant_id = v.tenant_id AND p.id = v.pledge_id AND p.version = v.number AND p.state = 'open'
    JOIN organization o ON o.tenant_id = p.tenant_id AND o.id = p.organization_id
    LEFT JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
    LEFT JOIN review r ON r.tenant_id = v.tenant_id AND r.pledge_id = v.pledge_id AND r.version = v.number
        AND NOT r.passed
"""


def list_waiting(
    conn: Connection, tenant_id: UUID, paths: Sequence[str], states: Sequence[VersionState], most: int
) -> list[Waiting]:
    """Give the newest versions in some states at and below organisations, the one handed in first at the top."""
    with conn.cursor(row_factory=record(Waiting)) as cursor:
        return cursor.execute(
            _WAITING
            + """
            WHERE v.tenant_id = %s AND v.state = ANY(%s)
              AND v.state IN ('submitted', 'passed_once', 'returned', 'approved')
              AND EXISTS (SELECT FROM unnest(%s::text[]) AS at (path) WHERE starts_with(o.path, at.path))
            ORDER BY v.submitted_at, p.id LIMIT %s
            """,
            [tenant_id, [str(state) for state in states], list(paths), most],
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
