"""Every SQL statement on findings."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from services.evaluation.finding.domain import Finding, FindingState
from shared.db import Connection, record
from shared.errors import NotFound


class FindingNotFound(NotFound):
    """没有这项认定。"""


FINDING = """
    SELECT tenant_id, id, person_id, organization_id, meeting_id, condition, sensitive, state, sealed, scheme_id,
           scheme_version, proposed_by, proposed_at, heard_at, reply_until_on, replied_at, waived, decided_by,
           decided_at, participants, established, valid_from_on, valid_until_on, periods, reviewed_by, reviewed_at,
           upheld, withdrawn_by, withdrawn_at, erase_on, erased_at
    FROM finding
"""


def get(conn: Connection, tenant_id: UUID, finding_id: UUID) -> Finding:
    """Give a finding and lock it for a change. Raises `FindingNotFound`."""
    return _one(conn, tenant_id, finding_id, "FOR UPDATE")


def read(conn: Connection, tenant_id: UUID, finding_id: UUID) -> Finding:
    """Give a finding to be shown. Raises `FindingNotFound`."""
    return _one(conn, tenant_id, finding_id, "")


def _one(conn: Connection, tenant_id: UUID, finding_id: UUID, lock: str) -> Finding:
    with conn.cursor(row_factory=record(Finding)) as cursor:
        query = f"{FINDING} WHERE tenant_id = %s AND id = %s {lock}"
        row = cursor.execute(query.encode(), [tenant_id, finding_id]).fetchone()
    if row is None:
        raise FindingNotFound
    return row


def list_some(
    conn: Connection,
    tenant_id: UUID,
    person_id: UUID,
    organization_ids: list[UUID],
    sensitive_ids: list[UUID],
    *,
    own: bool,
    limit: int,
    offset: int,
) -> list[Finding]:
    """Give some findings of several branches, sensitive ones of some branches only, the newest first.

    Those about a person are left out, or with `own` given once he or she was told.
    """
    with conn.cursor(row_factory=record(Finding)) as cursor:
        return cursor.execute(
            FINDING + "WHERE tenant_id = %s AND organization_id = ANY(%s) "
            "AND (person_id <> %s OR (%s AND heard_at IS NOT NULL)) AND (NOT sensitive OR organization_id = ANY(%s)) "
            "ORDER BY proposed_at DESC, id LIMIT %s OFFSET %s",
            [tenant_id, organization_ids, person_id, own, sensitive_ids, limit, offset],
        ).fetchall()


def list_about(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Finding]:
    """Give the findings about a member of which the member was told, the newest first."""
    with conn.cursor(row_factory=record(Finding)) as cursor:
        return cursor.execute(
            FINDING + "WHERE tenant_id = %s AND person_id = %s AND heard_at IS NOT NULL ORDER BY heard_at DESC, id",
            [tenant_id, person_id],
        ).fetchall()


def list_open(conn: Connection, tenant_id: UUID, organization_ids: list[UUID]) -> list[Finding]:
    """Give the findings of several branches that somebody must still work on, the oldest first."""
    with conn.cursor(row_factory=record(Finding)) as cursor:
        return cursor.execute(
            FINDING + "WHERE tenant_id = %s AND organization_id = ANY(%s) AND state NOT IN (%s, %s) "
            "ORDER BY proposed_at, id",
            [tenant_id, organization_ids, FindingState.REVIEWED, FindingState.WITHDRAWN],
        ).fetchall()


def list_to_erase(conn: Connection, today: date, limit: int) -> list[Finding]:
    """Give findings whose texts have been kept long enough, and lock them."""
    with conn.cursor(row_factory=record(Finding)) as cursor:
        return cursor.execute(
            FINDING + "WHERE erase_on <= %s AND erased_at IS NULL ORDER BY erase_on LIMIT %s FOR UPDATE SKIP LOCKED",
            [today, limit],
        ).fetchall()


def list_standing(conn: Connection, tenant_id: UUID, person_ids: list[UUID], day: date, quarter: str) -> list[Finding]:
    """Give the findings that keep several people from standing in a quarter's vote, judged on a day."""
    with conn.cursor(row_factory=record(Finding)) as cursor:
        rows = cursor.execute(
            FINDING + "WHERE tenant_id = %s AND person_id = ANY(%s) AND state IN (%s, %s) AND established",
            [tenant_id, person_ids, FindingState.DECIDED, FindingState.REVIEWED],
        ).fetchall()
    return [row for row in rows if row.stands(day, quarter)]


def list_established(conn: Connection, tenant_id: UUID, person_ids: list[UUID]) -> list[Finding]:
    """Give the findings about several people that were ever established, also those that were lifted since."""
    with conn.cursor(row_factory=record(Finding)) as cursor:
        return cursor.execute(
            FINDING + "WHERE tenant_id = %s AND person_id = ANY(%s) AND established", [tenant_id, person_ids]
        ).fetchall()


def save(conn: Connection, finding: Finding) -> None:
    """Enter a finding, or keep its next stage."""
    conn.execute(
        """
        INSERT INTO finding
            (tenant_id, id, person_id, organization_id, meeting_id, condition, sensitive, state, sealed, scheme_id,
             scheme_version, proposed_by, proposed_at)
        VALUES (%(tenant_id)s, %(id)s, %(person_id)s, %(organization_id)s, %(meeting_id)s, %(condition)s,
                %(sensitive)s, %(state)s, %(sealed)s, %(scheme_id)s, %(scheme_version)s, %(proposed_by)s,
                %(proposed_at)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            state = %(state)s, sealed = %(sealed)s, heard_at = %(heard_at)s, reply_until_on = %(reply_until_on)s,
            replied_at = %(replied_at)s, waived = %(waived)s, decided_by = %(decided_by)s,
            decided_at = %(decided_at)s, participants = %(participants)s, established = %(established)s,
            valid_from_on = %(valid_from_on)s, valid_until_on = %(valid_until_on)s, periods = %(periods)s,
            reviewed_by = %(reviewed_by)s, reviewed_at = %(reviewed_at)s, upheld = %(upheld)s,
            withdrawn_by = %(withdrawn_by)s, withdrawn_at = %(withdrawn_at)s, erase_on = %(erase_on)s,
            erased_at = %(erased_at)s
        """,
        {**asdict(finding), "participants": list(finding.participants), "periods": list(finding.periods)},
    )
