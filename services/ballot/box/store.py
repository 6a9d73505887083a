"""Every SQL statement on a box and on the ballots that wait for it or lie in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from services.ballot.box.domain import Box, Facts, Pending, Waiting
from shared.db import Connection
from shared.errors import NotFound

MOST_OF_ONE = 20
"""How many ballots of one credential a box takes: each stays in the archive for ever, and everybody reads it all."""
BOX = "SELECT tenant_id, ballot_id, credentials, timestamp, ceremony_id, election, trustees FROM box "


class BoxNotFound(NotFound):
    """没有这次电子投票；如果使用纸质选票，请向监票人领取选票。"""


def add(conn: Connection, box: Box) -> None:
    """Enter the credentials that a call brought; a second time changes nothing."""
    conn.execute(
        "INSERT INTO box (tenant_id, ballot_id, credentials, timestamp) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        [box.tenant_id, box.ballot_id, box.credentials, box.timestamp],
    )


def set_up(conn: Connection, box: Box) -> None:
    """Keep the election and the keys with which the box is opened; only once."""
    conn.execute(
        """
        UPDATE box SET ceremony_id = %s, election = %s, trustees = %s
        WHERE tenant_id = %s AND ballot_id = %s AND election IS NULL
        """,
        [box.ceremony_id, box.election, box.trustees, box.tenant_id, box.ballot_id],
    )


def read(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> Box:
    """Give the box of a ballot. Raises `BoxNotFound`."""
    with conn.cursor(row_factory=class_row(Box)) as cursor:
        row = cursor.execute(BOX + "WHERE tenant_id = %s AND ballot_id = %s", [tenant_id, ballot_id]).fetchone()
    if row is None:
        raise BoxNotFound
    return row


def find(conn: Connection, ballot_id: UUID) -> Box:
    """Give a box by its ballot alone, for doors at which nobody signs in. Raises `BoxNotFound`."""
    with conn.cursor(row_factory=class_row(Box)) as cursor:
        row = cursor.execute(BOX + "WHERE ballot_id = %s", [ballot_id]).fetchone()
    if row is None:
        raise BoxNotFound
    return row


def receive(conn: Connection, box: Facts, pending: Pending, *, at: datetime, allowed: bool = True) -> str:
    """Put a ballot before an open box, in one statement: `received`, or why it was not put there now.

    `waiting`: this text is there already; `accepted` and `refused <code>` were decided before; `pending`: another of
    this credential waits; `closed`; of a new text only, `often` where it is not `allowed`, and `many`.
    """
    row = conn.execute(
        "SELECT receive_ballot(%s, %s, %s, %s, %s, %s, %s, %s)",
        [box.tenant_id, box.ballot_id, pending.credential, pending.tracker, pending.body, at, allowed, MOST_OF_ONE],
    ).fetchone()
    return str(row[0]) if row else "closed"


def shut(conn: Connection, ballot_id: UUID) -> None:
    """Wait until nobody is at the door, and keep everybody away from it until the transaction ends."""
    conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(ballot_id)])


def where(conn: Connection, ballot_id: UUID, tracker: str) -> tuple[str, str]:
    """Say where the ballot with a tracking number is: waiting, accepted, replaced, refused (and why) or unknown."""
    row = conn.execute(
        """
        SELECT coalesce(a.state, r.state, p.state, 'unknown'), coalesce(r.code, '') FROM box b
        LEFT JOIN LATERAL (
            SELECT CASE WHEN EXISTS (
                SELECT FROM accepted_ballot later
                WHERE later.tenant_id = mine.tenant_id AND later.ballot_id = mine.ballot_id
                    AND later.credential = mine.credential AND later.number > mine.number
            ) THEN 'replaced' ELSE 'accepted' END AS state FROM accepted_ballot mine
            WHERE tenant_id = b.tenant_id AND ballot_id = b.ballot_id AND tracker = %(tracker)s) a ON true
        LEFT JOIN LATERAL (SELECT 'refused' AS state, code FROM refused_ballot
            WHERE tenant_id = b.tenant_id AND ballot_id = b.ballot_id AND tracker = %(tracker)s) r ON true
        LEFT JOIN LATERAL (SELECT 'waiting' AS state FROM pending_ballot
            WHERE tenant_id = b.tenant_id AND ballot_id = b.ballot_id AND tracker = %(tracker)s) p ON true
        WHERE b.ballot_id = %(ballot)s
        """,
        {"ballot": ballot_id, "tracker": tracker},
    ).fetchone()
    return (str(row[0]), str(row[1])) if row else ("unknown", "")


def claim(conn: Connection, tenant_id: UUID, ballot_id: UUID, limit: int) -> list[Pending]:
    """Give and hold ballots that wait and that nobody else holds: chance decides which come first.

    So that their order says nothing of who came first, and no credential is always before another.
    """
    with conn.cursor(row_factory=class_row(Pending)) as cursor:
        return cursor.execute(
            """
            SELECT credential, tracker, body FROM pending_ballot
            WHERE tenant_id = %s AND ballot_id = %s ORDER BY random() LIMIT %s FOR UPDATE SKIP LOCKED
            """,
            [tenant_id, ballot_id, limit],
        ).fetchall()


def remove(conn: Connection, tenant_id: UUID, ballot_id: UUID, done: Sequence[Pending]) -> None:
    """Take away ballots that wait no longer."""
    conn.execute(
        "DELETE FROM pending_ballot WHERE tenant_id = %s AND ballot_id = %s AND credential = ANY(%s)",
        [tenant_id, ballot_id, [each.credential for each in done]],
    )


def known(conn: Connection, tenant_id: UUID, ballot_id: UUID, trackers: Sequence[str]) -> set[str]:
    """Give which of these tracking numbers are in the archive."""
    rows = conn.execute(
        "SELECT tracker FROM accepted_ballot WHERE tenant_id = %s AND ballot_id = %s AND tracker = ANY(%s)",
        [tenant_id, ballot_id, list(trackers)],
    ).fetchall()
    return {row[0] for row in rows}


def accept(conn: Connection, tenant_id: UUID, ballot_id: UUID, placed: Sequence[tuple[Pending, int]]) -> None:
    """Note at which record of the archive each ballot stands."""
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO accepted_ballot (tenant_id, ballot_id, tracker, credential, number) VALUES (%s, %s, %s, %s, %s)
            """,
            [(tenant_id, ballot_id, each.tracker, each.credential, number) for each, number in placed],
        )


def refuse(conn: Connection, tenant_id: UUID, ballot_id: UUID, refused: Sequence[tuple[Pending, str]]) -> None:
    """Note which ballots are not taken, and why."""
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO refused_ballot (tenant_id, ballot_id, tracker, code) VALUES (%s, %s, %s, %s)
            ON CONFLICT DO NOTHING
            """,
            [(tenant_id, ballot_id, each.tracker, code) for each, code in refused],
        )


def waiting(conn: Connection) -> list[Waiting]:
    """Give for each ballot of any university before which some wait to be verified how many, and its state."""
    with conn.cursor(row_factory=class_row(Waiting)) as cursor:
        return cursor.execute(
            """
            WITH before AS MATERIALIZED (
                SELECT tenant_id, ballot_id, count(*) AS number FROM pending_ballot GROUP BY tenant_id, ballot_id)
            SELECT p.tenant_id, p.ballot_id, p.number, b.state <> 'open' AS closed, coalesce(c.records, 0) AS records
            FROM before p JOIN ballot b ON b.tenant_id = p.tenant_id AND b.id = p.ballot_id
            LEFT JOIN chain c ON c.tenant_id = p.tenant_id AND c.ballot_id = p.ballot_id
            """
        ).fetchall()


def count_received(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> int:
    """Count the electors of whom a ballot is in the box or waits for it."""
    row = conn.execute(
        """
        SELECT count(*) FROM (
            SELECT credential FROM accepted_ballot WHERE tenant_id = %(tenant)s AND ballot_id = %(ballot)s
            UNION
            SELECT credential FROM pending_ballot WHERE tenant_id = %(tenant)s AND ballot_id = %(ballot)s
        ) AS received
        """,
        {"tenant": tenant_id, "ballot": ballot_id},
    ).fetchone()
    return int(row[0]) if row else 0


def list_last(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> list[str]:
    """Give the ballots that count: of each credential the last one."""
    rows = conn.execute(
        """
        SELECT r.body FROM (
            SELECT DISTINCT ON (credential) number FROM accepted_ballot
            WHERE tenant_id = %(tenant)s AND ballot_id = %(ballot)s ORDER BY credential, number DESC
        ) AS last
        JOIN record r ON r.tenant_id = %(tenant)s AND r.ballot_id = %(ballot)s AND r.number = last.number
        ORDER BY r.number
        """,
        {"tenant": tenant_id, "ballot": ballot_id},
    ).fetchall()
    return [row[0] for row in rows]


def list_trackers(conn: Connection, tenant_id: UUID, ballot_id: UUID, *, limit: int, offset: int) -> list[str]:
    """Give some of the tracking numbers in the box, sorted as texts."""
    rows = conn.execute(
        """
        SELECT tracker FROM accepted_ballot WHERE tenant_id = %s AND ballot_id = %s
        ORDER BY tracker COLLATE "C" LIMIT %s OFFSET %s
        """,
        [tenant_id, ballot_id, limit, offset],
    ).fetchall()
    return [row[0] for row in rows]


def count_trackers(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> int:
    """Count the ballots in the box, replaced ones too."""
    row = conn.execute(
        "SELECT count(*) FROM accepted_ballot WHERE tenant_id = %s AND ballot_id = %s", [tenant_id, ballot_id]
    ).fetchone()
    return int(row[0]) if row else 0


def list_due(conn: Connection, now: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Give and hold the open ballots whose deadline has passed, but those that rest after a failure: tenant and id."""
    return conn.execute(
        """
        SELECT tenant_id, id FROM ballot b WHERE state = 'open' AND closes_at <= %(now)s AND NOT EXISTS (
            SELECT FROM trouble t WHERE t.tenant_id = b.tenant_id AND t.ballot_id = b.id AND t.step = 'close'
                AND t.again_at > %(now)s)
        ORDER BY closes_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
        """,
        {"now": now, "limit": limit},
    ).fetchall()


def list_drained(conn: Connection, now: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Give and hold the closed boxes before which no ballot waits any more, but those that rest: tenant and id."""
    return conn.execute(
        """
        SELECT tenant_id, id FROM ballot b WHERE state = 'closing' AND NOT EXISTS (
            SELECT FROM pending_ballot p WHERE p.tenant_id = b.tenant_id AND p.ballot_id = b.id)
            AND NOT EXISTS (SELECT FROM trouble t WHERE t.tenant_id = b.tenant_id AND t.ballot_id = b.id
                AND t.step = 'seal' AND t.again_at > %(now)s)
        ORDER BY closed_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
        """,
        {"now": now, "limit": limit},
    ).fetchall()
