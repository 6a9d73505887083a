"""Every SQL statement on ballots and their candidates."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from psycopg.rows import class_row

from services.ballot.ballot.domain import Ballot, Candidate
from shared.db import Connection, record
from shared.errors import NotFound


class BallotNotFound(NotFound):
    """没有这次投票。"""


BALLOT = """
    SELECT b.tenant_id, b.id, b.follows_id, b.call_reason, b.meeting_id, b.organization_id, b.title, b.period,
           b.channel, b.places, b.choices, b.calculation, b.entitled, b.expected, b.tellers, b.scheme_id,
           b.scheme_version, b.state, b.called_at, b.present, b.issued, b.returned, b.explanation, b.valid, b.invalid,
           b.abstained, b.electronic, b.paper_electors, b.secrecy_minimum, b.closes_at, b.tallied, b.blank,
           b.opened_at, b.closed_at, b.counted_at, b.annulled_at, b.annulled_by, b.annulment, b.statement, b.purpose,
           b.assessment_id
    FROM ballot b
"""


@dataclass(frozen=True)
class Reached:
    """Where somebody may look: exactly these paths, everything below those, and the ballots that the person counts."""

    exactly: list[str]
    below: list[str]
    teller_id: UUID


def add(conn: Connection, ballot: Ballot, candidates: Sequence[Candidate]) -> bool:
    """Enter a ballot as it was called; say whether it is new."""
    entered = conn.execute(
        """
        INSERT INTO ballot
            (tenant_id, id, follows_id, call_reason, meeting_id, organization_id, title, period, channel, places,
             choices, calculation, entitled, expected, electronic, paper_electors, secrecy_minimum, tellers, scheme_id,
             scheme_version, state, called_at, purpose, assessment_id, closes_at)
        VALUES (%(tenant_id)s, %(id)s, %(follows_id)s, %(call_reason)s, %(meeting_id)s, %(organization_id)s, %(title)s,
                %(period)s, %(channel)s, %(places)s, %(choices)s, %(calculation)s, %(entitled)s, %(expected)s,
                %(electronic)s, %(paper_electors)s, %(secrecy_minimum)s, %(tellers)s, %(scheme_id)s,
                %(scheme_version)s, %(state)s, %(called_at)s, %(purpose)s, %(assessment_id)s, %(closes_at)s)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        asdict(ballot),
    ).fetchone()
    if entered is None:
        return False
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO candidate (tenant_id, ballot_id, place, person_id, name, note)
            VALUES (%s, %s, %s, %s, %s, %s)
            """,
            [
                (ballot.tenant_id, ballot.id, place, each.person_id, each.name, each.note)
                for place, each in enumerate(candidates, 1)
            ],
        )
    return True


def get(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> Ballot:
    """Give a ballot and hold it until the transaction ends. Raises `BallotNotFound`."""
    return _one(conn, tenant_id, ballot_id, "FOR UPDATE OF b")


def read(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> Ballot:
    """Give a ballot without holding it. Raises `BallotNotFound`."""
    return _one(conn, tenant_id, ballot_id, "")


def _one(conn: Connection, tenant_id: UUID, ballot_id: UUID, lock: str) -> Ballot:
    with conn.cursor(row_factory=record(Ballot)) as cursor:
        row = cursor.execute(BALLOT + "WHERE b.tenant_id = %s AND b.id = %s " + lock, [tenant_id, ballot_id]).fetchone()
    if row is None:
        raise BallotNotFound
    return row


def save(conn: Connection, ballot: Ballot) -> None:
    """Keep what can change of a ballot."""
    conn.execute(
        """
        UPDATE ballot
        SET state = %(state)s, present = %(present)s, issued = %(issued)s, returned = %(returned)s,
            explanation = %(explanation)s, valid = %(valid)s, invalid = %(invalid)s, abstained = %(abstained)s,
            closes_at = %(closes_at)s, tallied = %(tallied)s, blank = %(blank)s,
            opened_at = %(opened_at)s, closed_at = %(closed_at)s, counted_at = %(counted_at)s,
            annulled_at = %(annulled_at)s, annulled_by = %(annulled_by)s, annulment = %(annulment)s,
            statement = %(statement)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        asdict(ballot),
    )


def list_candidates(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> list[Candidate]:
    """Give the candidates in the order of the call."""
    with conn.cursor(row_factory=class_row(Candidate)) as cursor:
        return cursor.execute(
            """
            SELECT person_id, name, note, votes, electronic_votes FROM candidate
            WHERE tenant_id = %s AND ballot_id = %s ORDER BY place
            """,
            [tenant_id, ballot_id],
        ).fetchall()


def save_votes(
    conn: Connection, ballot: Ballot, votes: dict[UUID, int], electronic: dict[UUID, int] | None = None
) -> None:
    """Write the totals, and what of them is `electronic`; the database refuses to change them later."""
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            UPDATE candidate SET votes = %s, electronic_votes = %s
            WHERE tenant_id = %s AND ballot_id = %s AND person_id = %s
            """,
            [
                (count, (electronic or {}).get(person_id), ballot.tenant_id, ballot.id, person_id)
                for person_id, count in votes.items()
            ],
        )


def list_followers(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> list[Ballot]:
    """Give the ballots that repeat or complete this one."""
    with conn.cursor(row_factory=record(Ballot)) as cursor:
        return cursor.execute(
            BALLOT + "WHERE b.tenant_id = %s AND b.follows_id = %s ORDER BY b.called_at", [tenant_id, ballot_id]
        ).fetchall()


def list_reached(
    conn: Connection, tenant_id: UUID, reached: Reached, *, under: str = "", limit: int, offset: int = 0
) -> list[Ballot]:
    """Give the ballots that somebody may look at, the newest first; `under` narrows to a path and what is below."""
    with conn.cursor(row_factory=record(Ballot)) as cursor:
        return cursor.execute(
            BALLOT
            + """
            JOIN organization o ON o.tenant_id = b.tenant_id AND o.id = b.organization_id
            WHERE b.tenant_id = %(tenant_id)s AND starts_with(o.path, %(under)s)
              AND (o.path = ANY(%(exactly)s) OR %(teller_id)s = ANY(b.tellers)
                   OR EXISTS (SELECT FROM unnest(%(below)s::text[]) AS top WHERE starts_with(o.path, top)))
            ORDER BY b.called_at DESC, b.id LIMIT %(limit)s OFFSET %(offset)s
            """,
            {"tenant_id": tenant_id, "under": under, "limit": limit, "offset": offset, **asdict(reached)},
        ).fetchall()


def list_for_teller(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Ballot]:
    """Give the ballots that still wait for this teller, the oldest first."""
    with conn.cursor(row_factory=record(Ballot)) as cursor:
        return cursor.execute(
            BALLOT
            + """
            WHERE b.tenant_id = %(tenant_id)s AND b.tellers @> ARRAY[%(person_id)s::uuid]
              AND b.state IN ('called', 'open', 'closed', 'entered')
              AND NOT (b.state = 'entered' AND EXISTS (
                SELECT FROM sheet s
                WHERE s.tenant_id = b.tenant_id AND s.ballot_id = b.id AND s.entered_by = %(person_id)s
                  AND s.disputed_at IS NULL))
            ORDER BY b.called_at, b.id
            """,
            {"tenant_id": tenant_id, "person_id": person_id},
        ).fetchall()
