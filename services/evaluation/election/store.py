"""Every SQL statement on elections, their totals and resolutions not to elect."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from services.evaluation.election.domain import Election, ElectionState
from shared.db import Connection, record
from shared.errors import NotFound

NO_ELECTION = "no_election"


class ElectionNotFound(NotFound):
    """没有这次投票。"""


ELECTION = """
    SELECT tenant_id, id, meeting_id, organization_id, period, follows_id, reason, title, channel, state, candidates,
           places, base, calculation, leader_places, again, entitled, present, tellers, declined, exceptions_reason,
           scheme_id, scheme_version, called_by, called_at, opened_at, closed_at, counted_at, annulled_at, issued,
           returned, valid, invalid, abstained, annul_reason, annul_statement, outcome, second
    FROM election
"""


def state_of(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> str | None:
    """Say where a meeting's ballot stands: the newest one's state (called, opened, closed, counted, annulled),
    `no_election` where the branch resolved to elect nobody, None where nothing was called. Where it resolved not to
    repeat a void re-vote, the count that led to it stands: counted.
    """
    chain = list_of_meeting(conn, tenant_id, meeting_id)
    if chain and chain[-1].state is not ElectionState.ANNULLED:
        return str(chain[-1].state)
    if find_no_election(conn, tenant_id, meeting_id) is not None:
        return str(ElectionState.COUNTED) if any(one.stands for one in chain) else NO_ELECTION
    return str(chain[-1].state) if chain else None


def get(conn: Connection, tenant_id: UUID, election_id: UUID) -> Election:
    """Give an election and lock it for a change. Raises `ElectionNotFound`."""
    return _one(conn, tenant_id, election_id, "FOR UPDATE")


def read(conn: Connection, tenant_id: UUID, election_id: UUID) -> Election:
    """Give an election to be shown. Raises `ElectionNotFound`."""
    return _one(conn, tenant_id, election_id, "")


def _one(conn: Connection, tenant_id: UUID, election_id: UUID, lock: str) -> Election:
    with conn.cursor(row_factory=record(Election)) as cursor:
        query = f"{ELECTION} WHERE tenant_id = %s AND id = %s {lock}"
        row = cursor.execute(query.encode(), [tenant_id, election_id]).fetchone()
    if row is None:
        raise ElectionNotFound
    return row


def list_of_meeting(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> list[Election]:
    """Give the elections of a meeting in their order: each follows the one before."""
    with conn.cursor(row_factory=record(Election)) as cursor:
        rows = cursor.execute(
            ELECTION + "WHERE tenant_id = %s AND meeting_id = %s ORDER BY called_at", [tenant_id, meeting_id]
        ).fetchall()
    chain: list[Election] = []
    rest = {row.follows_id: row for row in rows}
    before: UUID | None = None
    while (row := rest.pop(before, None)) is not None:
        chain.append(row)
        before = row.id
    return chain


def list_of_organizations(conn: Connection, tenant_id: UUID, organization_ids: list[UUID], year: str) -> list[Election]:
    """Give the elections of several branches in a year, in the order of the quarters."""
    with conn.cursor(row_factory=record(Election)) as cursor:
        return cursor.execute(
            ELECTION + "WHERE tenant_id = %s AND organization_id = ANY(%s) AND period LIKE %s "
            "ORDER BY period, organization_id, called_at",
            [tenant_id, organization_ids, f"{year}Q%"],
        ).fetchall()


def list_bases(conn: Connection, tenant_id: UUID, organization_id: UUID, period: str) -> list[int]:
    """Give the bases of a branch in the earlier quarters of the year, one per quarter: of the vote, or of none."""
    rows = conn.execute(
        """
        SELECT DISTINCT ON (period) base FROM (
            SELECT period, base, called_at AS at, 0 AS rank FROM election
            WHERE tenant_id = %(tenant)s AND organization_id = %(branch)s AND state <> 'annulled'
              AND NOT again AND NOT second
            UNION ALL
            SELECT period, base, resolved_at, 1 FROM no_election
            WHERE tenant_id = %(tenant)s AND organization_id = %(branch)s AND base IS NOT NULL
        ) of_quarter
        WHERE period < %(period)s AND left(period, 4) = left(%(period)s, 4)
        ORDER BY period, rank, at DESC
        """,
        {"tenant": tenant_id, "branch": organization_id, "period": period},
    ).fetchall()
    return [row[0] for row in rows]


def list_called(conn: Connection, tenant_id: UUID, organization_ids: list[UUID], period: str) -> list[UUID]:
    """Give those of several branches that called a ballot in a quarter which was not annulled."""
    rows = conn.execute(
        """
        SELECT DISTINCT organization_id FROM election
        WHERE tenant_id = %s AND organization_id = ANY(%s) AND period = %s AND state <> 'annulled'
        """,
        [tenant_id, organization_ids, period],
    ).fetchall()
    return [row[0] for row in rows]


def call(conn: Connection, election: Election) -> None:
    """Enter a ballot that was called; one that follows another is entered once."""
    row = {**asdict(election), "candidates": Jsonb(election.candidates)}
    conn.execute(
        """
        INSERT INTO election
            (tenant_id, id, meeting_id, organization_id, period, follows_id, reason, title, channel, state, candidates,
             places, base, calculation, leader_places, again, entitled, present, tellers, declined, exceptions_reason,
             scheme_id, scheme_version, called_by, called_at, second)
        VALUES (%(tenant_id)s, %(id)s, %(meeting_id)s, %(organization_id)s, %(period)s, %(follows_id)s, %(reason)s,
                %(title)s, %(channel)s, %(state)s, %(candidates)s, %(places)s, %(base)s, %(calculation)s,
                %(leader_places)s, %(again)s, %(entitled)s, %(present)s, %(tellers)s, %(declined)s,
                %(exceptions_reason)s, %(scheme_id)s, %(scheme_version)s, %(called_by)s, %(called_at)s,
                %(second)s)
        """,
        row,
    )


def advance(conn: Connection, election: Election) -> None:
    """Keep what became of a ballot."""
    conn.execute(
        """
        UPDATE election SET
            state = %(state)s, opened_at = %(opened_at)s, closed_at = %(closed_at)s, counted_at = %(counted_at)s,
            annulled_at = %(annulled_at)s, issued = %(issued)s, returned = %(returned)s, valid = %(valid)s,
            invalid = %(invalid)s, abstained = %(abstained)s, annul_reason = %(annul_reason)s,
            annul_statement = %(annul_statement)s, outcome = %(outcome)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        {**asdict(election), "outcome": None if election.outcome is None else Jsonb(election.outcome)},
    )


def save_totals(conn: Connection, tenant_id: UUID, election_id: UUID, totals: Mapping[UUID, int]) -> None:
    """Keep how many valid papers name each candidate."""
    conn.execute(
        """
        INSERT INTO election_total (tenant_id, election_id, person_id, votes)
        SELECT %s, %s, * FROM unnest(%s::uuid[], %s::int[])
        ON CONFLICT DO NOTHING
        """,
        [tenant_id, election_id, list(totals), list(totals.values())],
    )


def list_totals(conn: Connection, tenant_id: UUID, election_ids: list[UUID]) -> dict[tuple[UUID, UUID], int]:
    """Give the votes of several elections by election and person."""
    rows = conn.execute(
        "SELECT election_id, person_id, votes FROM election_total WHERE tenant_id = %s AND election_id = ANY(%s)",
        [tenant_id, election_ids],
    ).fetchall()
    return {(row[0], row[1]): row[2] for row in rows}


def save_no_election(conn: Connection, row: dict[str, Any]) -> None:
    """Keep that a branch resolved to elect nobody, and why."""
    conn.execute(
        """
        INSERT INTO no_election (tenant_id, meeting_id, organization_id, period, reason, resolved_by, resolved_at, base)
        VALUES (%(tenant_id)s, %(meeting_id)s, %(organization_id)s, %(period)s, %(reason)s, %(resolved_by)s,
                %(resolved_at)s, %(base)s)
        """,
        row,
    )


def list_no_elections(conn: Connection, tenant_id: UUID, meeting_ids: list[UUID]) -> dict[UUID, str]:
    """Give the reasons of those of several meetings that resolved to elect nobody."""
    rows = conn.execute(
        "SELECT meeting_id, reason FROM no_election WHERE tenant_id = %s AND meeting_id = ANY(%s)",
        [tenant_id, meeting_ids],
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def find_no_election(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> tuple[str, datetime] | None:
    """Give the reason and time of a resolution not to elect."""
    row = conn.execute(
        "SELECT reason, resolved_at FROM no_election WHERE tenant_id = %s AND meeting_id = %s", [tenant_id, meeting_id]
    ).fetchone()
    return (row[0], row[1]) if row else None
