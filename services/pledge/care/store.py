"""Every SQL statement on members who are cared for."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from services.pledge.care.domain import Care, Hardship
from shared.db import Connection, record

HARDSHIP = """
    SELECT tenant_id, person_id, organization_id, sealed, since_on, ended_on, noted_by, noted_at
    FROM hardship
"""


def save(conn: Connection, hardship: Hardship) -> None:
    """Note that a member is cared for, or what became of it."""
    conn.execute(
        """
        INSERT INTO hardship (tenant_id, person_id, organization_id, sealed, since_on, ended_on, noted_by, noted_at)
        VALUES (%(tenant_id)s, %(person_id)s, %(organization_id)s, %(sealed)s, %(since_on)s, %(ended_on)s,
                %(noted_by)s, %(noted_at)s)
        ON CONFLICT (tenant_id, person_id) DO UPDATE SET
            organization_id = EXCLUDED.organization_id, sealed = EXCLUDED.sealed, since_on = EXCLUDED.since_on,
            ended_on = EXCLUDED.ended_on, noted_by = EXCLUDED.noted_by, noted_at = EXCLUDED.noted_at
        """,
        asdict(hardship),
    )


def find(conn: Connection, tenant_id: UUID, person_id: UUID) -> Hardship | None:
    """Give what is noted of a member, locked for a change, or none."""
    with conn.cursor(row_factory=record(Hardship)) as cursor:
        return cursor.execute(
            HARDSHIP + "WHERE tenant_id = %s AND person_id = %s FOR UPDATE", [tenant_id, person_id]
        ).fetchone()


def list_of(conn: Connection, tenant_id: UUID, person_ids: Sequence[UUID]) -> list[Hardship]:
    """Give what is noted of members."""
    with conn.cursor(row_factory=record(Hardship)) as cursor:
        return cursor.execute(
            HARDSHIP + "WHERE tenant_id = %s AND person_id = ANY(%s)", [tenant_id, list(person_ids)]
        ).fetchall()


def add_care(conn: Connection, care: Care) -> None:
    """Keep what was done."""
    conn.execute(
        """
        INSERT INTO care (tenant_id, id, person_id, organization_id, sealed, given_on, entered_by, entered_at)
        VALUES (%(tenant_id)s, %(id)s, %(person_id)s, %(organization_id)s, %(sealed)s, %(given_on)s, %(entered_by)s,
                %(entered_at)s)
        """,
        asdict(care),
    )


def list_care(conn: Connection, tenant_id: UUID, person_ids: Sequence[UUID]) -> dict[UUID, list[Care]]:
    """Give by member what was done, the newest first."""
    with conn.cursor(row_factory=record(Care)) as cursor:
        rows = cursor.execute(
            """
            SELECT tenant_id, id, person_id, organization_id, sealed, given_on, entered_by, entered_at
            FROM care WHERE tenant_id = %s AND person_id = ANY(%s) ORDER BY given_on DESC, entered_at DESC, id
            """,
            [tenant_id, list(person_ids)],
        ).fetchall()
    found: dict[UUID, list[Care]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found
