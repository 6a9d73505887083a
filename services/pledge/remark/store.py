"""Every SQL statement on remarks and summaries."""

from dataclasses import asdict
from uuid import UUID

from services.pledge.remark.domain import Remark, Summary
from shared.db import Connection, record

REMARK = """
    SELECT DISTINCT ON (organization_id, period, person_id)
           tenant_id, id, organization_id, person_id, period, position, pledge_id, kind, text, made_by, made_at
    FROM remark
"""
NEWEST = "ORDER BY organization_id, period DESC, person_id, position DESC"


def hold(conn: Connection, organization_id: UUID, period: str) -> None:
    """Let two who write for the same organisation and period go one after the other."""
    conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"remark {organization_id} {period}"])


def add(conn: Connection, remark: Remark) -> None:
    """Keep a remark."""
    conn.execute(
        """
        INSERT INTO remark
            (tenant_id, id, organization_id, person_id, period, position, pledge_id, kind, text, made_by, made_at)
        VALUES (%(tenant_id)s, %(id)s, %(organization_id)s, %(person_id)s, %(period)s, %(position)s, %(pledge_id)s,
                %(kind)s, %(text)s, %(made_by)s, %(made_at)s)
        """,
        asdict(remark),
    )


def list_remarks(conn: Connection, tenant_id: UUID, organization_id: UUID, period: str) -> dict[UUID, Remark]:
    """Give by person the remarks of a period that count."""
    with conn.cursor(row_factory=record(Remark)) as cursor:
        rows = cursor.execute(
            REMARK + "WHERE tenant_id = %s AND organization_id = %s AND period = %s " + NEWEST,
            [tenant_id, organization_id, period],
        ).fetchall()
    return {row.person_id: row for row in rows}


def list_of_person(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Remark]:
    """Give what was said of a person, the newest period first."""
    with conn.cursor(row_factory=record(Remark)) as cursor:
        rows = cursor.execute(
            REMARK + "WHERE tenant_id = %s AND person_id = %s " + NEWEST, [tenant_id, person_id]
        ).fetchall()
    return sorted(rows, key=lambda row: row.made_at, reverse=True)


def add_summary(conn: Connection, summary: Summary) -> None:
    """Keep a summary."""
    conn.execute(
        """
        INSERT INTO summary (tenant_id, id, organization_id, period, position, text, made_by, made_at)
        VALUES (%(tenant_id)s, %(id)s, %(organization_id)s, %(period)s, %(position)s, %(text)s, %(made_by)s,
                %(made_at)s)
        """,
        asdict(summary),
    )


def list_summaries(conn: Connection, tenant_id: UUID, organization_id: UUID, period: str) -> list[Summary]:
    """Give the summaries of a period, the newest first."""
    with conn.cursor(row_factory=record(Summary)) as cursor:
        return cursor.execute(
            """
            SELECT tenant_id, id, organization_id, period, position, text, made_by, made_at
            FROM summary WHERE tenant_id = %s AND organization_id = %s AND period = %s ORDER BY position DESC
            """,
            [tenant_id, organization_id, period],
        ).fetchall()
