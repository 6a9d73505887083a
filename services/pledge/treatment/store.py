"""Every SQL statement on treatments."""

from collections.abc import Sequence
from uuid import UUID

from services.pledge.treatment.domain import Listed, Treatment
from shared.db import Connection, record
from shared.errors import NotFound


class TreatmentNotFound(NotFound):
    """没有这项办理。"""


TREATMENT = """
    SELECT tenant_id, id, person_id, organization_id, year, kind, reason, work, state, applied_by, applied_at,
           decided_by, decided_at, advice
    FROM treatment
"""
LISTED = """
    SELECT t.id, h.name, o.name AS organization, o.path, t.year, t.kind, t.work, t.state, t.applied_at, t.advice
    FROM treatment t
    JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
    JOIN person h ON h.tenant_id = t.tenant_id AND h.id = t.person_id
    WHERE t.tenant_id = %(tenant_id)s AND o.path >= %(path)s AND o.path < %(end)s
"""


def read(conn: Connection, tenant_id: UUID, treatment_id: UUID) -> Treatment:
    """Give a treatment. Raises `TreatmentNotFound`."""
    return _one(conn, TREATMENT + "WHERE tenant_id = %s AND id = %s", tenant_id, treatment_id)


def get(conn: Connection, tenant_id: UUID, treatment_id: UUID) -> Treatment:
    """Give a treatment and lock it for a change. Raises `TreatmentNotFound`."""
    return _one(conn, TREATMENT + "WHERE tenant_id = %s AND id = %s FOR UPDATE", tenant_id, treatment_id)


def _one(conn: Connection, statement: str, tenant_id: UUID, treatment_id: UUID) -> Treatment:
    with conn.cursor(row_factory=record(Treatment)) as cursor:
        row = cursor.execute(statement, [tenant_id, treatment_id]).fetchone()
    if row is None:
        raise TreatmentNotFound
    return row


def add(conn: Connection, treatment: Treatment) -> bool:
    """Enter a treatment; say whether it is the only one of the member in the year."""
    return bool(
        conn.execute(
            """
            INSERT INTO treatment (tenant_id, id, person_id, organization_id, year, kind, reason, work, state,
                                   applied_by, applied_at, decided_by, decided_at, advice)
            VALUES (%(tenant_id)s, %(id)s, %(person_id)s, %(organization_id)s, %(year)s, %(kind)s, %(reason)s, %(work)s,
                    %(state)s, %(applied_by)s, %(applied_at)s, %(decided_by)s, %(decided_at)s, %(advice)s)
            ON CONFLICT DO NOTHING
            """,
            vars(treatment),
        ).rowcount
    )


def save(conn: Connection, treatment: Treatment) -> None:
    """Keep what became of a treatment."""
    conn.execute(
        """
        UPDATE treatment
        SET state = %(state)s, decided_by = %(decided_by)s, decided_at = %(decided_at)s, advice = %(advice)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        vars(treatment),
    )


def list_below(conn: Connection, tenant_id: UUID, path: str, year: int) -> list[Listed]:
    """Give the treatments of a year from a path down, those that wait first."""
    with conn.cursor(row_factory=record(Listed)) as cursor:
        return cursor.execute(
            LISTED + "AND t.year = %(year)s ORDER BY t.state <> 'applied', o.path, h.stroke_key, t.applied_at",
            {"tenant_id": tenant_id, "path": path, "end": path[:-1] + "0", "year": year},
        ).fetchall()


def count_waiting(conn: Connection, tenant_id: UUID, paths: Sequence[str]) -> int:
    """Count the treatments that wait for a decision below any of these paths."""
    row = conn.execute(
        """
        SELECT count(*) FROM treatment t
        JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
        WHERE t.tenant_id = %s AND t.state = 'applied'
          AND EXISTS (SELECT FROM unnest(%s::text[]) AS place WHERE starts_with(o.path, place))
        """,
        [tenant_id, list(paths)],
    ).fetchone()
    return int(row[0]) if row else 0
