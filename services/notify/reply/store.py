"""Every SQL statement on replies."""

from dataclasses import asdict
from uuid import UUID

from services.notify.reply.domain import Reply
from services.notify.reply.rules import ReplyNotFound
from shared.db import Connection, record

REPLY = """
    SELECT tenant_id, objection_id, person_id, facts, asked_by, asked_at, reply_until_on, text, replied_at
    FROM reply
"""


def add(conn: Connection, reply: Reply) -> None:
    """Enter what the winner is asked."""
    conn.execute(
        """
        INSERT INTO reply
            (tenant_id, objection_id, person_id, facts, asked_by, asked_at, reply_until_on, text, replied_at)
        VALUES (%(tenant_id)s, %(objection_id)s, %(person_id)s, %(facts)s, %(asked_by)s, %(asked_at)s,
                %(reply_until_on)s, %(text)s, %(replied_at)s)
        """,
        asdict(reply),
    )


def save(conn: Connection, reply: Reply) -> None:
    """Keep the answer."""
    conn.execute(
        """
        UPDATE reply SET text = %(text)s, replied_at = %(replied_at)s
        WHERE tenant_id = %(tenant_id)s AND objection_id = %(objection_id)s
        """,
        asdict(reply),
    )


def find(conn: Connection, tenant_id: UUID, objection_id: UUID) -> Reply | None:
    """Give what was asked about an objection, if anything; whoever changes it holds the objection locked."""
    with conn.cursor(row_factory=record(Reply)) as cursor:
        return cursor.execute(
            REPLY + "WHERE tenant_id = %s AND objection_id = %s", [tenant_id, objection_id]
        ).fetchone()


def read(conn: Connection, tenant_id: UUID, objection_id: UUID) -> Reply:
    """Give what was asked about an objection. Raises `ReplyNotFound`."""
    found = find(conn, tenant_id, objection_id)
    if found is None:
        raise ReplyNotFound
    return found


def list_of(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Reply]:
    """Give everything that a person was asked, the newest first."""
    with conn.cursor(row_factory=record(Reply)) as cursor:
        return cursor.execute(
            REPLY + "WHERE tenant_id = %s AND person_id = %s ORDER BY asked_at DESC, objection_id",
            [tenant_id, person_id],
        ).fetchall()
