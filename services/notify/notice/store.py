"""Every SQL statement on notices."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from services.notify.notice.domain import Notice
from services.notify.notice.rules import NoticeNotFound
from shared.db import Connection, record

NOTICE = """
    SELECT tenant_id, id, filing_id, organization_id, period, star_title, document, issuer, phone, address, days,
           starts_on, ends_on, warning, posted_at, concluded_at
    FROM notice
"""


def add(conn: Connection, notice: Notice) -> None:
    """Enter a notice."""
    conn.execute(
        """
        INSERT INTO notice (tenant_id, id, filing_id, organization_id, period, star_title, document, issuer, phone,
                            address, days, starts_on, ends_on, warning, posted_at, concluded_at)
        VALUES (%(tenant_id)s, %(id)s, %(filing_id)s, %(organization_id)s, %(period)s, %(star_title)s, %(document)s,
                %(issuer)s, %(phone)s, %(address)s, %(days)s, %(starts_on)s, %(ends_on)s, %(warning)s,
                %(posted_at)s, %(concluded_at)s)
        """,
        asdict(notice),
    )


def save_conclusion(conn: Connection, notice: Notice) -> None:
    """Keep when a notice was concluded."""
    conn.execute(
        "UPDATE notice SET concluded_at = %s WHERE tenant_id = %s AND id = %s",
        [notice.concluded_at, notice.tenant_id, notice.id],
    )


def find(conn: Connection, notice_id: UUID) -> Notice:
    """Give a notice of whichever tenant, for pages without sign-in. Raises `NoticeNotFound`."""
    return _one(conn, "WHERE id = %s", notice_id)


def find_locked(conn: Connection, notice_id: UUID) -> Notice:
    """Give a notice of whichever tenant and lock it: an objection comes from outside. Raises `NoticeNotFound`."""
    return _one(conn, "WHERE id = %s FOR UPDATE", notice_id)


def get(conn: Connection, tenant_id: UUID, notice_id: UUID) -> Notice:
    """Give a notice and lock it for a change. Raises `NoticeNotFound`."""
    return _one(conn, "WHERE tenant_id = %s AND id = %s FOR UPDATE", tenant_id, notice_id)


def _one(conn: Connection, condition: str, *given: UUID) -> Notice:
    with conn.cursor(row_factory=record(Notice)) as cursor:
        row = cursor.execute(NOTICE + condition, list(given)).fetchone()
    if row is None:
        raise NoticeNotFound
    return row


def of_filing(conn: Connection, tenant_id: UUID, filing_id: UUID) -> Notice | None:
    """Give the notice of a filing, if it has been posted."""
    with conn.cursor(row_factory=record(Notice)) as cursor:
        return cursor.execute(NOTICE + "WHERE tenant_id = %s AND filing_id = %s", [tenant_id, filing_id]).fetchone()


def list_ended(conn: Connection, today: date, limit: int) -> list[Notice]:
    """Give notices whose last day has passed, locked; what somebody else works on is left out."""
    with conn.cursor(row_factory=record(Notice)) as cursor:
        return cursor.execute(
            NOTICE + "WHERE concluded_at IS NULL AND ends_on < %s ORDER BY ends_on, id LIMIT %s FOR UPDATE SKIP LOCKED",
            [today, limit],
        ).fetchall()


def list_notices(
    conn: Connection, tenant_id: UUID, *, period: str | None = None, limit: int, offset: int
) -> list[Notice]:
    """Give some notices of a quarter or of all, the newest first."""
    with conn.cursor(row_factory=record(Notice)) as cursor:
        return cursor.execute(
            NOTICE
            + "WHERE tenant_id = %(tenant_id)s AND (%(period)s::text IS NULL OR period = %(period)s)"
            + " ORDER BY posted_at DESC, id LIMIT %(limit)s OFFSET %(offset)s",
            {"tenant_id": tenant_id, "period": period, "limit": limit, "offset": offset},
        ).fetchall()


def list_running(conn: Connection, tenant_id: UUID, today: date) -> list[Notice]:
    """Give notices whose last day has not passed, the one that ends first at the top."""
    with conn.cursor(row_factory=record(Notice)) as cursor:
        return cursor.execute(
            NOTICE + "WHERE tenant_id = %s AND concluded_at IS NULL AND ends_on >= %s ORDER BY ends_on, id",
            [tenant_id, today],
        ).fetchall()
