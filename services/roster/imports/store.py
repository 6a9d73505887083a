"""SQL on import runs."""

from datetime import datetime
from uuid import UUID

from services.roster.imports.domain import Run
from shared.db import Connection, record
from shared.errors import NotFound

RUN = """
    SELECT tenant_id, id, kind, filename, whole, content, made_by, made_at, committed_at, created, changed, gone
    FROM import_run
"""


class RunNotFound(NotFound):
    """没有这次导入；上传的文件只保留一天。"""


def read(conn: Connection, tenant_id: UUID, run_id: UUID) -> Run:
    """Give an import run. Raises `RunNotFound`."""
    return _get(conn, tenant_id, run_id, "")


def get(conn: Connection, tenant_id: UUID, run_id: UUID) -> Run:
    """Give an import run and lock it. Raises `RunNotFound`."""
    return _get(conn, tenant_id, run_id, " FOR UPDATE")


def _get(conn: Connection, tenant_id: UUID, run_id: UUID, lock: str) -> Run:
    with conn.cursor(row_factory=record(Run)) as cursor:
        row = cursor.execute(RUN + "WHERE tenant_id = %s AND id = %s" + lock, [tenant_id, run_id]).fetchone()
    if row is None:
        raise RunNotFound
    return row


def list_recent(conn: Connection, tenant_id: UUID) -> list[Run]:
    """Give the last imports that were entered, the newest first."""
    with conn.cursor(row_factory=record(Run)) as cursor:
        return cursor.execute(
            RUN + "WHERE tenant_id = %s AND committed_at IS NOT NULL ORDER BY committed_at DESC LIMIT 20", [tenant_id]
        ).fetchall()


def save(conn: Connection, run: Run) -> None:
    """Keep an import run: new, or entered."""
    conn.execute(
        """
        INSERT INTO import_run
            (tenant_id, id, kind, filename, whole, content, made_by, made_at, committed_at, created, changed, gone)
        VALUES (%(tenant_id)s, %(id)s, %(kind)s, %(filename)s, %(whole)s, %(content)s, %(made_by)s, %(made_at)s,
                %(committed_at)s, %(created)s, %(changed)s, %(gone)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            content = EXCLUDED.content, committed_at = EXCLUDED.committed_at, created = EXCLUDED.created,
            changed = EXCLUDED.changed, gone = EXCLUDED.gone
        """,
        vars(run),
    )


def delete_abandoned(conn: Connection, before: datetime, limit: int) -> int:
    """Delete uploads of before a moment that were never entered; give how many."""
    return conn.execute(
        """
        WITH old AS MATERIALIZED (
            SELECT tenant_id, id FROM import_run WHERE committed_at IS NULL AND made_at < %s
            LIMIT %s FOR UPDATE SKIP LOCKED)
        DELETE FROM import_run r USING old WHERE r.tenant_id = old.tenant_id AND r.id = old.id
        """,
        [before, limit],
    ).rowcount
