"""The SQL statement that deletes a draft which was never handed in."""

from services.pledge.pledge.domain import Pledge
from shared.db import Connection


def delete(conn: Connection, pledge: Pledge) -> None:
    """Delete a pledge with its texts, whom they name and what those answered; nothing else knows of it yet."""
    conn.execute(
        """
        WITH items AS (DELETE FROM pledge_item WHERE tenant_id = %(tenant_id)s AND pledge_id = %(id)s),
             answers AS (DELETE FROM pledge_answer WHERE tenant_id = %(tenant_id)s AND pledge_id = %(id)s),
             authors AS (DELETE FROM pledge_author WHERE tenant_id = %(tenant_id)s AND pledge_id = %(id)s),
             texts AS (DELETE FROM pledge_version WHERE tenant_id = %(tenant_id)s AND pledge_id = %(id)s)
        DELETE FROM pledge WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        {"tenant_id": pledge.tenant_id, "id": pledge.id},
    )
