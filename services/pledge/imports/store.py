"""Every SQL statement on imports: runs, and what a table is checked against."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from services.pledge.imports.domain import Known, Run
from shared.db import Connection, record
from shared.directory.domain import Organization, Person
from shared.directory.store import ORGANIZATION, PERSON
from shared.errors import NotFound

RUN = """
    SELECT tenant_id, id, organization_id, filename, content, made_by, made_at, entered_at, created, unchanged
    FROM import_run
"""


class RunNotFound(NotFound):
    """没有这次导入；上传的文件只保留一天。"""


def read(conn: Connection, tenant_id: UUID, run_id: UUID) -> Run:
    """Give a run to be looked at. Raises `RunNotFound`."""
    return _one(conn, RUN + "WHERE tenant_id = %s AND id = %s", tenant_id, run_id)


def get(conn: Connection, tenant_id: UUID, run_id: UUID) -> Run:
    """Give a run and lock it for its entry. Raises `RunNotFound`."""
    return _one(conn, RUN + "WHERE tenant_id = %s AND id = %s FOR UPDATE", tenant_id, run_id)


def _one(conn: Connection, statement: str, tenant_id: UUID, run_id: UUID) -> Run:
    with conn.cursor(row_factory=class_row(Run)) as cursor:
        row = cursor.execute(statement, [tenant_id, run_id]).fetchone()
    if row is None:
        raise RunNotFound
    return row


def save(conn: Connection, run: Run) -> None:
    """Keep a run: new, or entered."""
    conn.execute(
        """
        INSERT INTO import_run
            (tenant_id, id, organization_id, filename, content, made_by, made_at, entered_at, created, unchanged)
        VALUES (%(tenant_id)s, %(id)s, %(organization_id)s, %(filename)s, %(content)s, %(made_by)s, %(made_at)s,
                %(entered_at)s, %(created)s, %(unchanged)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            content = EXCLUDED.content, entered_at = EXCLUDED.entered_at, created = EXCLUDED.created,
            unchanged = EXCLUDED.unchanged
        """,
        vars(run),
    )


def list_recent(conn: Connection, tenant_id: UUID, organization_id: UUID) -> list[Run]:
    """Give the last imports that were entered for an organisation, the newest first."""
    with conn.cursor(row_factory=class_row(Run)) as cursor:
        return cursor.execute(
            RUN
            + """
            WHERE tenant_id = %s AND organization_id = %s AND entered_at IS NOT NULL
            ORDER BY entered_at DESC LIMIT 20
            """,
            [tenant_id, organization_id],
        ).fetchall()


def delete_abandoned(conn: Connection, before: datetime, limit: int) -> int:
    """Delete uploads of before a moment that were never entered; give how many."""
    return conn.execute(
        """
        WITH old AS MATERIALIZED (
            SELECT tenant_id, id FROM import_run WHERE entered_at IS NULL AND made_at < %s
            LIMIT %s FOR UPDATE SKIP LOCKED)
        DELETE FROM import_run r USING old WHERE r.tenant_id = old.tenant_id AND r.id = old.id
        """,
        [before, limit],
    ).rowcount


def list_people(conn: Connection, tenant_id: UUID, numbers: Sequence[str]) -> list[Person]:
    """Give the active people with these 学工号."""
    with conn.cursor(row_factory=record(Person)) as cursor:
        return cursor.execute(
            PERSON + "WHERE p.tenant_id = %s AND p.number = ANY(%s) AND p.active", [tenant_id, list(numbers)]
        ).fetchall()


def list_named(conn: Connection, tenant_id: UUID, names: Sequence[str]) -> list[Organization]:
    """Give the active organisations with these names."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        return cursor.execute(
            ORGANIZATION + "WHERE tenant_id = %s AND name = ANY(%s) AND active ORDER BY path", [tenant_id, list(names)]
        ).fetchall()


def list_known(conn: Connection, tenant_id: UUID, pledger_ids: Sequence[UUID]) -> list[Known]:
    """Give every text of the pledges that these people and organisations have."""
    with conn.cursor(row_factory=class_row(Known)) as cursor:
        return cursor.execute(
            """
            SELECT coalesce(p.person_id, p.organization_id) AS pledger_id, p.year, p.kind, p.community, p.form,
                   v.headline
            FROM pledge p JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id
            WHERE p.tenant_id = %(tenant_id)s AND p.state <> 'withdrawn'
              AND (p.person_id = ANY(%(ids)s) OR p.person_id IS NULL AND p.organization_id = ANY(%(ids)s))
            """,
            {"tenant_id": tenant_id, "ids": list(pledger_ids)},
        ).fetchall()
