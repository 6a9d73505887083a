"""Every SQL statement on objections."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from services.notify.objection.domain import Brief, Objection
from services.notify.objection.rules import ObjectionNotFound, ReceiptUnknown
from shared.db import Connection, record
from shared.directory.domain import Role

OBJECTION = """
    SELECT tenant_id, id, notice_id, award_id, organization_id, channel, signed, text, name, contact, receipt,
           raised_at, received_on, entered_by, state, hearing, heard_by, heard_at, statement, decided_by, decided_at
    FROM objection
"""
HANDLED = """
    SELECT j.id, j.notice_id, j.award_id, j.organization_id, a.name AS award_name, o.name AS organization,
           a.state IN ('published', 'revoked') AS published, j.channel, j.signed, j.state, j.raised_at,
           j.received_on
    FROM objection j
    JOIN award a ON a.tenant_id = j.tenant_id AND a.id = j.award_id
    JOIN organization o ON o.tenant_id = j.tenant_id AND o.id = j.organization_id
    WHERE j.tenant_id = %(tenant_id)s AND a.person_id <> %(person_id)s
      AND (NOT %(undecided)s OR j.state IN ('raised', 'heard'))
      AND (o.path = ANY(%(exact)s) OR EXISTS (
          SELECT FROM unnest(%(within)s::text[]) AS at (path) WHERE starts_with(o.path, at.path)))
      AND j.organization_id <> ALL(ARRAY(
          SELECT h.organization_id FROM position h
          WHERE h.tenant_id = %(tenant_id)s AND h.person_id = %(person_id)s AND h.role = ANY(%(heads)s)
            AND h.starts_on <= %(today)s AND (h.ends_on IS NULL OR h.ends_on >= %(today)s)))
    ORDER BY j.state IN ('upheld', 'dismissed'), j.raised_at, j.id LIMIT %(limit)s OFFSET %(offset)s
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


@dataclass(frozen=True)
class Handler:
    """Who looks for objections to handle."""

    tenant_id: UUID
    person_id: UUID
    spans: tuple[list[str], list[str]]
    """the paths exactly at which, and those at and below which, the person may handle them"""
    heads: Sequence[Role]
    """who holds one of these roles in the branch of an award does not handle objections to it"""
    today: date


def list_handled(
    conn: Connection, handler: Handler, *, undecided: bool = False, limit: int | None = None, offset: int = 0
) -> list[Brief]:
    """Give objections that somebody may handle, none against the own award or the branch that the person leads.

    Undecided ones come first, the oldest of them at the top.
    """
    with conn.cursor(row_factory=record(Brief)) as cursor:
        return cursor.execute(
            HANDLED,
            {
                "tenant_id": handler.tenant_id,
                "person_id": handler.person_id,
                "exact": handler.spans[0],
                "within": handler.spans[1],
                "heads": [str(role) for role in handler.heads],
                "today": handler.today,
                "undecided": undecided,
                "limit": limit,
                "offset": offset,
            },
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
