"""Every SQL statement on messages and mails."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from psycopg.rows import class_row

from services.notify.message.domain import ALWAYS_MAILED, Kind, Mail, Message
from shared.db import Connection, record
from shared.errors import NotFound


class MessageNotFound(NotFound):
    """没有这条消息。"""


MESSAGE = "SELECT tenant_id, id, person_id, kind, href, made_at, read_at FROM message "


def add(
    conn: Connection, tenant_id: UUID, person_ids: Sequence[UUID], kind: Kind, href: str, cause: str, at: datetime
) -> None:
    """Tell people something, unless the same cause already did or the same still stands unread before them."""
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO message (tenant_id, id, person_id, kind, href, cause, made_at, mailable)
            SELECT %(tenant_id)s, %(id)s, %(person_id)s, %(kind)s, %(href)s, %(cause)s, %(at)s, true
            WHERE NOT EXISTS (
                SELECT FROM message
                WHERE tenant_id = %(tenant_id)s AND person_id = %(person_id)s AND kind = %(kind)s AND href = %(href)s
                  AND read_at IS NULL)
            ON CONFLICT DO NOTHING
            """,
            [
                {
                    "tenant_id": tenant_id,
                    "id": uuid4(),
                    "person_id": person_id,
                    "kind": str(kind),
                    "href": href,
                    "cause": cause,
                    "at": at,
                }
                for person_id in sorted(set(person_ids))
            ],
        )


def get(conn: Connection, tenant_id: UUID, message_id: UUID) -> Message:
    """Give a message. Raises `MessageNotFound`."""
    with conn.cursor(row_factory=record(Message)) as cursor:
        row = cursor.execute(
            MESSAGE + "WHERE tenant_id = %s AND id = %s FOR UPDATE", [tenant_id, message_id]
        ).fetchone()
    if row is None:
        raise MessageNotFound
    return row


def list_of(
    conn: Connection, tenant_id: UUID, person_id: UUID, *, unread: bool, limit: int, offset: int
) -> list[Message]:
    """Give a person's messages, the newest first."""
    with conn.cursor(row_factory=record(Message)) as cursor:
        return cursor.execute(
            MESSAGE
            + """
            WHERE tenant_id = %s AND person_id = %s AND (read_at IS NULL OR NOT %s)
            ORDER BY made_at DESC, id LIMIT %s OFFSET %s
            """,
            [tenant_id, person_id, unread, limit, offset],
        ).fetchall()


def count_unread(conn: Connection, tenant_id: UUID, person_id: UUID) -> int:
    """Count what a person has not read."""
    row = conn.execute(
        "SELECT count(*) FROM message WHERE tenant_id = %s AND person_id = %s AND read_at IS NULL",
        [tenant_id, person_id],
    ).fetchone()
    return int(row[0]) if row else 0


def mark(conn: Connection, tenant_id: UUID, person_id: UUID, at: datetime, message_id: UUID | None = None) -> None:
    """Note that a person read a message, or all; what was read need not be mailed, but for `ALWAYS_MAILED`."""
    conn.execute(
        """
        UPDATE message SET read_at = %s, mailable = mailable AND (mail_id IS NOT NULL OR kind = ANY(%s))
        WHERE tenant_id = %s AND person_id = %s AND read_at IS NULL AND (%s::uuid IS NULL OR id = %s)
        """,
        [at, list(ALWAYS_MAILED), tenant_id, person_id, message_id, message_id],
    )


def gather_alone(conn: Connection) -> bool:
    """Say whether this transaction is the only one that gathers mail, until it ends."""
    row = conn.execute("SELECT pg_try_advisory_xact_lock(hashtext('notify.gather_mail'))").fetchone()
    return bool(row and row[0])


def list_to_mail(conn: Connection, since: datetime, until: datetime, limit: int) -> list[tuple[UUID, UUID, str]]:
    """Give who has a message that waited from `since` to `until`, with the address; empty where there is none."""
    rows = conn.execute(
        """
        SELECT DISTINCT m.tenant_id, m.person_id, CASE WHEN p.active THEN p.email ELSE '' END
        FROM message m JOIN person p ON p.tenant_id = m.tenant_id AND p.id = m.person_id
        WHERE m.mailable AND m.mail_id IS NULL AND m.made_at >= %s AND m.made_at <= %s
        LIMIT %s
        """,
        [since, until, limit],
    ).fetchall()
    return [(tenant_id, person_id, address) for tenant_id, person_id, address in rows]


def keep_in(conn: Connection, tenant_id: UUID, person_id: UUID) -> None:
    """Note that a person's waiting messages cannot be mailed."""
    conn.execute(
        "UPDATE message SET mailable = false WHERE tenant_id = %s AND person_id = %s AND mailable AND mail_id IS NULL",
        [tenant_id, person_id],
    )


def add_mail(conn: Connection, mail: Mail, since: datetime) -> None:
    """Make a mail of all messages of a person that wait."""
    conn.execute(
        """
        INSERT INTO mail (tenant_id, id, person_id, address, state, attempts, made_at, next_at)
        VALUES (%s, %s, %s, %s, 'waiting', %s, %s, %s)
        """,
        [mail.tenant_id, mail.id, mail.person_id, mail.address, mail.attempts, mail.made_at, mail.made_at],
    )
    conn.execute(
        """
        UPDATE message SET mail_id = %s
        WHERE tenant_id = %s AND person_id = %s AND mailable AND mail_id IS NULL AND made_at >= %s
        """,
        [mail.id, mail.tenant_id, mail.person_id, since],
    )


def claim(conn: Connection, now: datetime, stale: datetime, limit: int) -> list[Mail]:
    """Take mails whose time has come and that nobody took since `stale`."""
    with conn.cursor(row_factory=class_row(Mail)) as cursor:
        return cursor.execute(
            """
            WITH due AS MATERIALIZED (
                SELECT tenant_id, id FROM mail
                WHERE state = 'waiting' AND next_at <= %(now)s AND (sending_at IS NULL OR sending_at <= %(stale)s)
                ORDER BY next_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
            UPDATE mail SET sending_at = %(now)s FROM due WHERE mail.tenant_id = due.tenant_id AND mail.id = due.id
            RETURNING mail.tenant_id, mail.id, person_id, address, attempts, made_at
            """,
            {"now": now, "stale": stale, "limit": limit},
        ).fetchall()


def list_carried(conn: Connection, mail: Mail) -> list[Message]:
    """Give the messages that a mail carries, the oldest first."""
    with conn.cursor(row_factory=record(Message)) as cursor:
        return cursor.execute(
            MESSAGE + "WHERE tenant_id = %s AND mail_id = %s ORDER BY made_at, id", [mail.tenant_id, mail.id]
        ).fetchall()


def note_sent(conn: Connection, mail: Mail, at: datetime) -> None:
    """Note that a mail claimed at a moment went out."""
    conn.execute(
        """
        UPDATE mail SET state = 'sent', sent_at = %(at)s, sending_at = NULL, attempts = attempts + 1, fault = ''
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s AND sending_at = %(at)s
        """,
        {"at": at, "tenant_id": mail.tenant_id, "id": mail.id},
    )


def note_failed(conn: Connection, mail: Mail, fault: str, next_at: datetime | None, claimed_at: datetime) -> None:
    """Note that a mail claimed at a moment did not go out; without a next time it is given up."""
    conn.execute(
        """
        UPDATE mail
        SET state = CASE WHEN %(next_at)s::timestamptz IS NULL THEN 'failed' ELSE 'waiting' END,
            next_at = coalesce(%(next_at)s, next_at), attempts = attempts + 1, fault = %(fault)s, sending_at = NULL
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s AND sending_at = %(claimed_at)s
        """,
        {
            "next_at": next_at,
            "fault": fault,
            "claimed_at": claimed_at,
            "tenant_id": mail.tenant_id,
            "id": mail.id,
        },
    )
