"""Every SQL statement on rolls and their electors."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from services.evaluation.award.domain import AwardState
from services.evaluation.roll.domain import Elector, Roll
from shared.db import Connection, record

ROLL = "SELECT tenant_id, election_id, electronic, paper, secrecy_minimum, erase_on, erased_at, fingerprint FROM roll "
ELECTOR = "SELECT tenant_id, election_id, person_id, channel, credential FROM elector "
FREED = """
    WHERE erased_at IS NULL AND (tenant_id, election_id) IN (
        SELECT e.tenant_id, e.id FROM unnest(%(tenants)s::uuid[], %(elections)s::uuid[]) AS moved (tenant_id, id)
        JOIN election e ON e.tenant_id = moved.tenant_id AND e.id = moved.id
        WHERE e.annulled_at IS NOT NULL OR (e.counted_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM award a WHERE a.tenant_id = e.tenant_id AND a.election_id = e.id
            AND a.state <> ALL(%(settled)s)))
    )
    ORDER BY election_id FOR UPDATE
"""


def add(conn: Connection, roll: Roll, electors: Sequence[Elector]) -> None:
    """Enter a roll with its electors."""
    conn.execute(
        """
        INSERT INTO roll (tenant_id, election_id, electronic, paper, secrecy_minimum, erase_on, fingerprint)
        VALUES (%(tenant_id)s, %(election_id)s, %(electronic)s, %(paper)s, %(secrecy_minimum)s, %(erase_on)s,
                %(fingerprint)s)
        """,
        asdict(roll),
    )
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO elector (tenant_id, election_id, person_id, channel, credential)
            VALUES (%(tenant_id)s, %(election_id)s, %(person_id)s, %(channel)s, %(credential)s)
            """,
            [asdict(elector) for elector in electors],
        )


def find_elector(conn: Connection, tenant_id: UUID, election_id: UUID, person_id: UUID) -> Elector | None:
    """Give somebody's place on a roll, if there is one."""
    with conn.cursor(row_factory=record(Elector)) as cursor:
        return cursor.execute(
            ELECTOR + "WHERE tenant_id = %s AND election_id = %s AND person_id = %s",
            [tenant_id, election_id, person_id],
        ).fetchone()


def list_electors(conn: Connection, tenant_id: UUID, election_id: UUID) -> list[Elector]:
    """Give everybody on a roll."""
    with conn.cursor(row_factory=record(Elector)) as cursor:
        return cursor.execute(
            ELECTOR + "WHERE tenant_id = %s AND election_id = %s ORDER BY person_id", [tenant_id, election_id]
        ).fetchall()


def list_rolls(conn: Connection, tenant_id: UUID, election_ids: list[UUID]) -> dict[UUID, Roll]:
    """Give the rolls of those of several ballots that have one."""
    with conn.cursor(row_factory=record(Roll)) as cursor:
        rows = cursor.execute(
            ROLL + "WHERE tenant_id = %s AND election_id = ANY(%s)", [tenant_id, election_ids]
        ).fetchall()
    return {row.election_id: row for row in rows}


def list_open(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[tuple[UUID, str]]:
    """Give id and title of the open ballots in which somebody holds a credential, the oldest first."""
    return conn.execute(
        """
        SELECT election.id, election.title FROM elector
        JOIN election ON election.tenant_id = elector.tenant_id AND election.id = elector.election_id
        WHERE elector.tenant_id = %s AND elector.person_id = %s AND elector.credential IS NOT NULL
          AND election.state = 'opened'
        ORDER BY election.called_at, election.id
        """,
        [tenant_id, person_id],
    ).fetchall()


def take_moved(conn: Connection, limit: int) -> list[tuple[UUID, UUID]]:
    """Take notes away that a ballot with a kept roll, or an award of it, moved on; give the tenant and id of each."""
    return conn.execute(
        """
        WITH noted AS MATERIALIZED (
            SELECT tenant_id, election_id, number FROM roll_moved LIMIT %s FOR UPDATE SKIP LOCKED)
        DELETE FROM roll_moved USING noted
        WHERE roll_moved.tenant_id = noted.tenant_id AND roll_moved.election_id = noted.election_id
          AND roll_moved.number = noted.number
        RETURNING roll_moved.tenant_id, roll_moved.election_id
        """,
        [limit],
    ).fetchall()


def lock_freed(conn: Connection, ballots: Sequence[tuple[UUID, UUID]], settled: Sequence[AwardState]) -> list[Roll]:
    """Give those rolls of several ballots, each by tenant and id, that are void or settled, and lock them."""
    with conn.cursor(row_factory=record(Roll)) as cursor:
        return cursor.execute(
            ROLL + FREED,
            {
                "tenants": [tenant_id for tenant_id, _ in ballots],
                "elections": [election_id for _, election_id in ballots],
                "settled": [str(state) for state in settled],
            },
        ).fetchall()


def list_due(conn: Connection, today: date, limit: int) -> list[Roll]:
    """Give rolls whose months are over, and lock them; what somebody else works on is left out."""
    with conn.cursor(row_factory=record(Roll)) as cursor:
        return cursor.execute(
            ROLL + "WHERE erased_at IS NULL AND erase_on <= %s ORDER BY erase_on LIMIT %s FOR UPDATE SKIP LOCKED",
            [today, limit],
        ).fetchall()


def erase(conn: Connection, roll: Roll) -> None:
    """Empty the credentials of a roll, and keep when that was done."""
    key = [roll.tenant_id, roll.election_id]
    conn.execute(
        "UPDATE elector SET credential = NULL WHERE tenant_id = %s AND election_id = %s AND credential IS NOT NULL", key
    )
    conn.execute("UPDATE roll SET erased_at = %s WHERE tenant_id = %s AND election_id = %s", [roll.erased_at, *key])


def erase_ways(conn: Connection, ballots: Sequence[tuple[UUID, UUID]], at: datetime) -> None:
    """Forget who voted by which channel on those of several ballots that are over, credentials erased, meeting closed.

    The electors stay, and how many there were of each channel.
    """
    conn.execute(
        """
        WITH over AS MATERIALIZED (
            SELECT r.tenant_id, r.election_id FROM roll r
            JOIN election e ON e.tenant_id = r.tenant_id AND e.id = r.election_id
            JOIN meeting m ON m.tenant_id = e.tenant_id AND m.id = e.meeting_id
            WHERE (r.tenant_id, r.election_id) IN (SELECT * FROM unnest(%(tenants)s::uuid[], %(elections)s::uuid[]))
                AND r.erased_at IS NOT NULL AND r.ways_erased_at IS NULL AND m.state = 'closed'
                AND coalesce(e.counted_at, e.annulled_at) IS NOT NULL
            ORDER BY r.election_id FOR UPDATE OF r),
        forgotten AS (
            UPDATE elector SET channel = NULL FROM over
            WHERE elector.tenant_id = over.tenant_id AND elector.election_id = over.election_id)
        UPDATE roll SET ways_erased_at = %(at)s FROM over
        WHERE roll.tenant_id = over.tenant_id AND roll.election_id = over.election_id
        """,
        {"tenants": [one for one, _ in ballots], "elections": [one for _, one in ballots], "at": at},
    )
