"""Every SQL statement on allotments."""

from dataclasses import asdict
from uuid import UUID

from services.evaluation.quota.domain import Allotment
from shared.db import Connection, record

ALLOTMENT = """
    SELECT tenant_id, period, organization_id, pool_id, base, places, calculation, decided_by, decided_at FROM allotment
"""


def find(
    conn: Connection, tenant_id: UUID, period: str, organization_id: UUID, *, hold: bool = False
) -> Allotment | None:
    """Give the places that a branch was given for a quarter; `hold` keeps them until the transaction ends."""
    with conn.cursor(row_factory=record(Allotment)) as cursor:
        return cursor.execute(
            ALLOTMENT
            + "WHERE tenant_id = %s AND period = %s AND organization_id = %s"
            + (" FOR SHARE" if hold else ""),
            [tenant_id, period, organization_id],
        ).fetchone()


def list_pool(conn: Connection, tenant_id: UUID, period: str, pool_id: UUID) -> list[Allotment]:
    """Give what a general branch allotted for a quarter, locked for a change."""
    with conn.cursor(row_factory=record(Allotment)) as cursor:
        return cursor.execute(
            ALLOTMENT + "WHERE tenant_id = %s AND pool_id = %s AND period = %s ORDER BY organization_id FOR UPDATE",
            [tenant_id, pool_id, period],
        ).fetchall()


def save(conn: Connection, allotments: list[Allotment]) -> None:
    """Keep what a general branch allotted; before a vote is called a later decision takes its place."""
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO allotment
                (tenant_id, period, organization_id, pool_id, base, places, calculation, decided_by, decided_at)
            VALUES (%(tenant_id)s, %(period)s, %(organization_id)s, %(pool_id)s, %(base)s, %(places)s,
                    %(calculation)s, %(decided_by)s, %(decided_at)s)
            ON CONFLICT (tenant_id, period, organization_id) DO UPDATE SET
                pool_id = EXCLUDED.pool_id, base = EXCLUDED.base, places = EXCLUDED.places,
                calculation = EXCLUDED.calculation, decided_by = EXCLUDED.decided_by, decided_at = EXCLUDED.decided_at
            """,
            [asdict(one) for one in allotments],
        )
