"""Every SQL statement on awards that pledges led to."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from services.pledge.star.domain import Star
from shared.db import Connection


def note(conn: Connection, tenant_id: UUID, award_id: UUID, facts: Mapping[str, Any]) -> None:
    """Keep what was told of an award; what is told twice, or in another order, ends the same."""
    row = {"pledge_id": None, "item_id": None, "title": "", "published_on": None, "revoked_on": None, **facts}
    conn.execute(
        """
        INSERT INTO star (tenant_id, award_id, pledge_id, item_id, period, title, published_on, revoked_on)
        VALUES (%(tenant_id)s, %(award_id)s, %(pledge_id)s, %(item_id)s, %(period)s, %(title)s, %(published_on)s,
                %(revoked_on)s)
        ON CONFLICT (tenant_id, award_id) DO UPDATE SET
            pledge_id = coalesce(EXCLUDED.pledge_id, star.pledge_id),
            item_id = coalesce(EXCLUDED.item_id, star.item_id),
            title = CASE WHEN EXCLUDED.title = '' THEN star.title ELSE EXCLUDED.title END,
            published_on = coalesce(EXCLUDED.published_on, star.published_on),
            revoked_on = coalesce(EXCLUDED.revoked_on, star.revoked_on)
        """,
        {**row, "tenant_id": tenant_id, "award_id": award_id},
    )


def list_of_pledge(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> list[Star]:
    """Give the awards that a pledge led to, published and not revoked, the newest first."""
    with conn.cursor(row_factory=class_row(Star)) as cursor:
        return cursor.execute(
            """
            SELECT award_id, title, period, published_on, item_id FROM star
            WHERE tenant_id = %s AND pledge_id = %s AND published_on IS NOT NULL AND revoked_on IS NULL
            ORDER BY published_on DESC, award_id
            """,
            [tenant_id, pledge_id],
        ).fetchall()
