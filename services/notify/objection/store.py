"""Every SQL statement on objections."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from services.notify.objection.domain import Objection
from services.notify.objection.rules import ObjectionNotFound, ReceiptUnknown
from shared.db import Connection, record

OBJECTION = """
    SELECT tenant_id, id, notice_id, award_id, organization_id, channel, signed, text, name, contact, receipt,
           raised_at, received_on, entered_by, state, hearing, heard_by, heard_at, statement, decided_by, decided_at
    FROM objection
"""


def add(conn: Connection, objection: Objection) -> None:
    """Enter an objection."""
    conn.execute(
        """
        INSERT INTO objection
            (tenant_id, id, notice_id, award_id, organization_id, channel, signed, text, name, contact, receipt,
             raised_at, received_on, entered_by, state, hearing, heard_by, heard_at, statement, decided_by, decided_at)
        VALUES (%(tenant_id)s, %(id)s, %(notice_id)s, %(award_id)s, %(organization_id)s, %(channel)s, %(signed)s,
                %(text)s, %(name)s, %(contact)s, %(receipt)s, %(raised_at)s, %(received_on)s, %(entered_by)s, %(state)s,
                %(hearing)s, %(heard_by)s, %(heard_at)s, %(statement)s, %(decided_by)s, %(decided_at)s)
        """,
        asdict(objection),
    )


def save(conn: Connection, objection: Objection) -> None:
    """Keep hearing and decision."""
    conn.execute(
        """
        UPDATE objection SET state = %(state)s, hearing = %(hearing)s, heard_by = %(heard_by)s,
               heard_at = %(heard_at)s, statement = %(statement)s, decided_by = %(decided_by)s,
               decided_at = %(decided_at)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        asdict(objection),
    )


def get(conn: Connection, tenant_id: UUID, objection_id: UUID) -> Objection:
    """Give an objection and lock it for a change. Raises `ObjectionNotFound`."""
    return _one(conn, "WHERE tenant_id = %s AND id = %s FOR UPDATE", tenant_id, objection_id)


def read(conn: Connection, tenant_id: UUID, objection_id: UUID) -> Objection:
    """Give an objection to look at. Raises `ObjectionNotFound`."""
    return _one(conn, "WHERE tenant_id = %s AND id = %s", tenant_id, objection_id)


def _one(conn: Connection, condition: str, tenant_id: UUID, objection_id: UUID) -> Objection:
    with conn.cursor(row_factory=record(Objection)) as cursor:
        row = cursor.execute(OBJECTION + condition, [tenant_id, objection_id]).fetchone()
    if row is None:
        raise ObjectionNotFound
    return row


def find_by_receipt(conn: Connection, receipt: bytes) -> Objection:
    """Give the objection with this code's hash. Raises `ReceiptUnknown`."""
    with conn.cursor(row_factory=record(Objection)) as cursor:
        row = cursor.execute(OBJECTION + "WHERE receipt = %s", [receipt]).fetchone()
    if row is None:
        raise ReceiptUnknown
    return row


def list_objections(conn: Connection, tenant_id: UUID) -> list[Objection]:
    """Give all objections of a university: undecided ones first, the oldest of them at the top."""
    with conn.cursor(row_factory=record(Objection)) as cursor:
        return cursor.execute(
            OBJECTION + "WHERE tenant_id = %s ORDER BY state IN ('upheld', 'dismissed'), raised_at, id", [tenant_id]
        ).fetchall()


def list_undecided(conn: Connection, tenant_id: UUID) -> list[Objection]:
    """Give the objections that wait for a decision, the oldest first."""
    with conn.cursor(row_factory=record(Objection)) as cursor:
        return cursor.execute(
            OBJECTION + "WHERE tenant_id = %s AND state IN ('raised', 'heard') ORDER BY raised_at, id", [tenant_id]
        ).fetchall()


def count_since(conn: Connection, tenant_id: UUID, notice_id: UUID, since: datetime, *, signed: bool) -> int:
    """Count the objections that came by the page to a notice since a moment."""
    row = conn.execute(
        """
        SELECT count(*) FROM objection
        WHERE tenant_id = %s AND notice_id = %s AND raised_at > %s AND signed = %s AND channel = 'page'
        """,
        [tenant_id, notice_id, since, signed],
    ).fetchone()
    return int(row[0]) if row else 0
