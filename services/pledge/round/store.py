"""Every SQL statement on the windows that organisations set."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row, dict_row

from services.pledge.pledge.window import Round
from shared.db import Connection


def find(conn: Connection, tenant_id: UUID, paths: Sequence[str], year: int) -> Round | None:
    """Give the window that the nearest of these organisations (paths of a lineage) set for a year."""
    with conn.cursor(row_factory=class_row(Round)) as cursor:
        return cursor.execute(
            """
            SELECT r.tenant_id, r.organization_id, r.year, r.opens_on, r.closes_on, r.publish_by_on, r.document
            FROM round r JOIN organization o ON o.tenant_id = r.tenant_id AND o.id = r.organization_id
            WHERE r.tenant_id = %s AND o.path = ANY(%s) AND r.year = %s
            ORDER BY length(o.path) DESC LIMIT 1
            """,
            [tenant_id, list(paths), year],
        ).fetchone()


def list_near(
    conn: Connection, tenant_id: UUID, paths: Collection[str], years: Collection[int]
) -> dict[tuple[str, int], Round]:
    """Give by path and year the windows that organisations (paths of lineages) set."""
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            """
            SELECT o.path, r.tenant_id, r.organization_id, r.year, r.opens_on, r.closes_on, r.publish_by_on, r.document
            FROM round r JOIN organization o ON o.tenant_id = r.tenant_id AND o.id = r.organization_id
            WHERE r.tenant_id = %s AND o.path = ANY(%s) AND r.year = ANY(%s)
            """,
            [tenant_id, list(paths), list(years)],
        ).fetchall()
    return {(row.pop("path"), row["year"]): Round(**row) for row in rows}


def list_set(conn: Connection, tenant_id: UUID, path: str, year: int) -> list[tuple[str, Round]]:
    """Give the windows of a year set by an organisation (by path), above it and below it, with who set them."""
    rows = conn.execute(
        """
        SELECT o.name, r.tenant_id, r.organization_id, r.year, r.opens_on, r.closes_on, r.publish_by_on, r.document
        FROM round r JOIN organization o ON o.tenant_id = r.tenant_id AND o.id = r.organization_id
        WHERE r.tenant_id = %s AND r.year = %s AND (starts_with(o.path, %s) OR starts_with(%s, o.path))
        ORDER BY o.path
        """,
        [tenant_id, year, path, path],
    ).fetchall()
    return [(name, Round(*facts)) for name, *facts in rows]


def save(conn: Connection, made: Round, set_by: UUID, set_at: datetime) -> None:
    """Keep a window; a later one of the same organisation and year takes its place."""
    conn.execute(
        """
        INSERT INTO round
            (tenant_id, organization_id, year, opens_on, closes_on, publish_by_on, document, set_by, set_at)
        VALUES (%(tenant_id)s, %(organization_id)s, %(year)s, %(opens_on)s, %(closes_on)s, %(publish_by_on)s,
                %(document)s, %(set_by)s, %(set_at)s)
        ON CONFLICT (tenant_id, organization_id, year) DO UPDATE SET
            opens_on = EXCLUDED.opens_on, closes_on = EXCLUDED.closes_on, publish_by_on = EXCLUDED.publish_by_on,
            document = EXCLUDED.document, set_by = EXCLUDED.set_by, set_at = EXCLUDED.set_at
        """,
        {**asdict(made), "set_by": set_by, "set_at": set_at},
    )


def delete(conn: Connection, tenant_id: UUID, organization_id: UUID, year: int) -> bool:
    """Drop a window, so that the one above or the scheme's counts again; say whether there was one."""
    return bool(
        conn.execute(
            "DELETE FROM round WHERE tenant_id = %s AND organization_id = %s AND year = %s",
            [tenant_id, organization_id, year],
        ).rowcount
    )
