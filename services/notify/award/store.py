"""Every SQL statement on awards."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from services.notify.award.domain import Award
from services.notify.award.rules import AwardNotFound
from shared.db import Connection, record

AWARD = """
    SELECT tenant_id, id, filing_id, ballot_id, meeting_id, organization_id, person_id, name, stroke_key, identity,
           ordinary, deed, period, star_title, scheme_id, scheme_version, state, notice_id, received_at, published_on,
           ended_on, cause, reason
    FROM award
"""


def add(conn: Connection, award: Award) -> bool:
    """Enter an award; say whether it was new."""
    row = conn.execute(
        """
        INSERT INTO award
            (tenant_id, id, filing_id, ballot_id, meeting_id, organization_id, person_id, name, stroke_key, identity,
             ordinary, deed, period, star_title, scheme_id, scheme_version, state, notice_id, received_at,
             published_on, ended_on, cause, reason)
        VALUES (%(tenant_id)s, %(id)s, %(filing_id)s, %(ballot_id)s, %(meeting_id)s, %(organization_id)s,
                %(person_id)s, %(name)s, %(stroke_key)s, %(identity)s, %(ordinary)s, %(deed)s, %(period)s,
                %(star_title)s, %(scheme_id)s, %(scheme_version)s, %(state)s, %(notice_id)s, %(received_at)s,
                %(published_on)s, %(ended_on)s, %(cause)s, %(reason)s)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        asdict(award),
    ).fetchone()
    return row is not None


def save(conn: Connection, award: Award) -> None:
    """Keep what can change of an award."""
    conn.execute(
        """
        UPDATE award SET name = %(name)s, stroke_key = %(stroke_key)s, identity = %(identity)s, state = %(state)s,
               notice_id = %(notice_id)s,
               published_on = %(published_on)s, ended_on = %(ended_on)s, cause = %(cause)s, reason = %(reason)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        asdict(award),
    )


def is_known(conn: Connection, tenant_id: UUID, award_id: UUID) -> bool:
    """Say whether an award has been entered."""
    row = conn.execute("SELECT 1 FROM award WHERE tenant_id = %s AND id = %s", [tenant_id, award_id]).fetchone()
    return row is not None


def winner_of(conn: Connection, tenant_id: UUID, award_id: UUID) -> UUID | None:
    """Give whose award it is, if it is known here."""
    row = conn.execute("SELECT person_id FROM award WHERE tenant_id = %s AND id = %s", [tenant_id, award_id]).fetchone()
    return row[0] if row else None


def get(conn: Connection, tenant_id: UUID, award_id: UUID) -> Award:
    """Give an award and lock it for a change. Raises `AwardNotFound`."""
    with conn.cursor(row_factory=record(Award)) as cursor:
        row = cursor.execute(AWARD + "WHERE tenant_id = %s AND id = %s FOR UPDATE", [tenant_id, award_id]).fetchone()
    if row is None:
        raise AwardNotFound
    return row


def lock(conn: Connection, tenant_id: UUID, award_id: UUID) -> Award | None:
    """Give an award for a change, if it is known here."""
    with conn.cursor(row_factory=record(Award)) as cursor:
        return cursor.execute(AWARD + "WHERE tenant_id = %s AND id = %s FOR UPDATE", [tenant_id, award_id]).fetchone()


def find(conn: Connection, award_id: UUID) -> Award:
    """Give an award of whichever tenant, for pages without sign-in. Raises `AwardNotFound`."""
    with conn.cursor(row_factory=record(Award)) as cursor:
        row = cursor.execute(AWARD + "WHERE id = %s", [award_id]).fetchone()
    if row is None:
        raise AwardNotFound
    return row


def list_of_filings(conn: Connection, tenant_id: UUID, filing_ids: Sequence[UUID]) -> dict[UUID, list[Award]]:
    """Give the lines of several filings by filing, each in 姓氏笔画 order."""
    found: dict[UUID, list[Award]] = {filing_id: [] for filing_id in filing_ids}
    with conn.cursor(row_factory=record(Award)) as cursor:
        rows = cursor.execute(
            AWARD + "WHERE tenant_id = %s AND filing_id = ANY(%s) ORDER BY stroke_key, id", [tenant_id, list(found)]
        ).fetchall()
    for award in rows:
        found[award.filing_id].append(award)
    return found


def list_of_filing(conn: Connection, tenant_id: UUID, filing_id: UUID) -> list[Award]:
    """Give the lines of a filing in 姓氏笔画 order."""
    with conn.cursor(row_factory=record(Award)) as cursor:
        return cursor.execute(
            AWARD + "WHERE tenant_id = %s AND filing_id = %s ORDER BY stroke_key, id", [tenant_id, filing_id]
        ).fetchall()


def list_of_notice(conn: Connection, tenant_id: UUID, notice_id: UUID) -> list[Award]:
    """Give the awards of a notice in 姓氏笔画 order."""
    return list_of_notices(conn, tenant_id, [notice_id])


def list_of_notices(conn: Connection, tenant_id: UUID, notice_ids: Sequence[UUID]) -> list[Award]:
    """Give the awards of several notices in 姓氏笔画 order."""
    with conn.cursor(row_factory=record(Award)) as cursor:
        return cursor.execute(
            AWARD + "WHERE tenant_id = %s AND notice_id = ANY(%s) ORDER BY stroke_key, id",
            [tenant_id, list(notice_ids)],
        ).fetchall()


def lock_of_filing(conn: Connection, tenant_id: UUID, filing_id: UUID) -> list[Award]:
    """Give the lines of a filing, locked, in 姓氏笔画 order."""
    with conn.cursor(row_factory=record(Award)) as cursor:
        rows = cursor.execute(
            AWARD + "WHERE tenant_id = %s AND filing_id = %s ORDER BY id FOR UPDATE", [tenant_id, filing_id]
        ).fetchall()
    return sorted(rows, key=lambda award: (award.stroke_key.encode(), award.id))


def lock_unopposed(conn: Connection, tenant_id: UUID, notice_id: UUID) -> list[Award]:
    """Give the posted awards of a notice against which no objection waits for its decision, locked."""
    with conn.cursor(row_factory=record(Award)) as cursor:
        return cursor.execute(
            AWARD
            + """
            WHERE tenant_id = %s AND notice_id = %s AND state = 'posted' AND NOT EXISTS (
                SELECT FROM objection o
                WHERE o.tenant_id = award.tenant_id AND o.award_id = award.id AND o.state IN ('raised', 'heard'))
            ORDER BY id FOR UPDATE
            """,
            [tenant_id, notice_id],
        ).fetchall()
