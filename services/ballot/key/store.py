"""Every statement about ceremonies and keys in ballot's database."""

from collections import defaultdict
from uuid import UUID

from services.ballot.key.domain import Ceremony, Key, Offers, Spent, Step, Wanted
from shared.db import Connection, record

COLUMNS = (
    "tenant_id, id, period, group_name, threshold, seats, state, requested_at, fault, trustees, public_key, ended_at,"
    " retired_at"
)


def alone(conn: Connection, about: str) -> None:
    """Be the only transaction that works on a period or a ceremony, whether or not it is known yet."""
    conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [about])


def find(conn: Connection, tenant_id: UUID, ceremony_id: UUID) -> Ceremony | None:
    """Give a ceremony, held for a change."""
    with conn.cursor(row_factory=record(Ceremony)) as cursor:
        return cursor.execute(
            f"SELECT {COLUMNS} FROM ceremony WHERE tenant_id = %s AND id = %s FOR UPDATE",  # noqa: S608 — a constant
            [tenant_id, ceremony_id],
        ).fetchone()


def find_any(conn: Connection, ceremony_id: UUID) -> Ceremony | None:
    """Give a ceremony of any university, held for a change; for the operator, who names only its id."""
    with conn.cursor(row_factory=record(Ceremony)) as cursor:
        return cursor.execute(
            f"SELECT {COLUMNS} FROM ceremony WHERE id = %s FOR UPDATE",  # noqa: S608 — a constant
            [ceremony_id],
        ).fetchone()


def find_key(conn: Connection, tenant_id: UUID, period: str) -> Key | None:
    """Give the key of a period, if it stands."""
    with conn.cursor(row_factory=record(Key)) as cursor:
        return cursor.execute(
            "SELECT id AS ceremony_id, period, threshold, seats, trustees, public_key FROM ceremony"
            " WHERE tenant_id = %s AND period = %s AND state = 'made'",
            [tenant_id, period],
        ).fetchone()


def list_newest(conn: Connection, limit: int) -> list[Ceremony]:
    """List the newest ceremonies of all universities."""
    with conn.cursor(row_factory=record(Ceremony)) as cursor:
        return cursor.execute(
            f"SELECT {COLUMNS} FROM ceremony ORDER BY requested_at DESC, id LIMIT %s",  # noqa: S608 — a constant
            [limit],
        ).fetchall()


def list_period(conn: Connection, tenant_id: UUID, period: str) -> list[Ceremony]:
    """List the ceremonies of a period, the oldest first."""
    with conn.cursor(row_factory=record(Ceremony)) as cursor:
        return cursor.execute(
            f"SELECT {COLUMNS} FROM ceremony WHERE tenant_id = %s AND period = %s"  # noqa: S608 — a constant
            " ORDER BY requested_at, id",
            [tenant_id, period],
        ).fetchall()


def list_wanted(conn: Connection) -> list[Wanted]:
    """List the periods of all universities whose called ballots wait for a key that nobody is making."""
    with conn.cursor(row_factory=record(Wanted)) as cursor:
        return cursor.execute(
            "SELECT b.tenant_id, b.period, count(DISTINCT c.id) FILTER (WHERE c.state = 'failed')::int AS failures,"
            " max(c.ended_at) FILTER (WHERE c.state = 'failed') AS failed_at"
            " FROM ballot b LEFT JOIN ceremony c ON c.tenant_id = b.tenant_id AND c.period = b.period"
            " WHERE b.state = 'called' AND b.electronic > 0 GROUP BY b.tenant_id, b.period"
            " HAVING count(c.id) FILTER (WHERE c.state IN ('running', 'made')) = 0"
        ).fetchall()


def list_spent(conn: Connection) -> list[Spent]:
    """List the keys of all universities whose ballots are all counted or void."""
    with conn.cursor(row_factory=record(Spent)) as cursor:
        return cursor.execute(
            "SELECT c.tenant_id, c.id, max(greatest(b.counted_at, b.annulled_at)) AS settled_at,"
            " array_agg(DISTINCT b.scheme_id || ' ' || b.scheme_version) AS schemes"
            " FROM ceremony c JOIN ballot b ON b.tenant_id = c.tenant_id AND b.period = c.period AND b.electronic > 0"
            " WHERE c.state = 'made' GROUP BY c.tenant_id, c.id"
            " HAVING bool_and(b.state IN ('counted', 'annulled'))"
        ).fetchall()


def is_asked(conn: Connection, tenant_id: UUID, period: str) -> bool:
    """Say whether a key of a period stands or is being made."""
    row = conn.execute(
        "SELECT EXISTS (SELECT FROM ceremony WHERE tenant_id = %s AND period = %s AND state IN ('running', 'made'))",
        [tenant_id, period],
    ).fetchone()
    return row == (True,)


def add(conn: Connection, ceremony: Ceremony) -> None:
    """Enter a ceremony that was asked for."""
    conn.execute(
        "INSERT INTO ceremony (tenant_id, id, period, group_name, threshold, seats, state, requested_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [
            ceremony.tenant_id, ceremony.id, ceremony.period, ceremony.group_name, ceremony.threshold, ceremony.seats,
            ceremony.state, ceremony.requested_at,
        ],
    )  # fmt: skip


def save(conn: Connection, ceremony: Ceremony) -> None:
    """Keep how a ceremony ended."""
    conn.execute(
        "UPDATE ceremony SET state = %s, fault = %s, trustees = %s, public_key = %s, ended_at = %s, retired_at = %s"
        " WHERE tenant_id = %s AND id = %s",
        [
            ceremony.state, ceremony.fault, ceremony.trustees, ceremony.public_key, ceremony.ended_at,
            ceremony.retired_at, ceremony.tenant_id, ceremony.id,
        ],
    )  # fmt: skip


def keep(conn: Connection, tenant_id: UUID, ceremony_id: UUID, step: Step, seat: int, content: str) -> bool:
    """Keep what a seat offers; say whether that is what stands there now."""
    conn.execute(
        "INSERT INTO offer (tenant_id, ceremony_id, step, seat, content) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        [tenant_id, ceremony_id, step, seat, content],
    )
    row = conn.execute(
        "SELECT content = %s FROM offer WHERE tenant_id = %s AND ceremony_id = %s AND step = %s AND seat = %s",
        [content, tenant_id, ceremony_id, step, seat],
    ).fetchone()
    return row == (True,)


def offers(conn: Connection, tenant_id: UUID, ceremony_id: UUID) -> Offers:
    """Give all that was offered in a ceremony."""
    rows = conn.execute(
        "SELECT step, seat, content FROM offer WHERE tenant_id = %s AND ceremony_id = %s ORDER BY step, seat",
        [tenant_id, ceremony_id],
    )
    found: defaultdict[Step, dict[int, str]] = defaultdict(dict)
    for step, seat, content in rows:
        found[Step(step)][seat] = content
    return {step: found[step] for step in Step}
