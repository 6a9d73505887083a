"""Every SQL statement on deeds that came of pledges."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from services.pledge.deed.domain import Deed
from shared.db import Connection


def add(conn: Connection, tenant_id: UUID, facts: Mapping[str, Any]) -> None:
    """Keep a confirmed deed; told twice it is one. The pledge may be heard of later."""
    conn.execute(
        """
        INSERT INTO deed (tenant_id, deed_id, person_id, organization_id, period, pledge_id, item_id)
        VALUES (%(tenant_id)s, %(deed_id)s, %(person_id)s, %(organization_id)s, %(period)s, %(pledge_id)s,
                %(pledge_item_id)s)
        ON CONFLICT (tenant_id, deed_id) DO NOTHING
        """,
        {**facts, "tenant_id": tenant_id},
    )


def list_of_pledge(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> list[Deed]:
    """Give the confirmed deeds that came of a pledge, by quarter."""
    with conn.cursor(row_factory=class_row(Deed)) as cursor:
        return cursor.execute(
            """
            SELECT deed_id, person_id, organization_id, period, item_id FROM deed
            WHERE tenant_id = %s AND pledge_id = %s ORDER BY period, deed_id
            """,
            [tenant_id, pledge_id],
        ).fetchall()
