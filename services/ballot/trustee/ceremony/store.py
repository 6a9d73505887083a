"""Every statement about ceremonies in a seat's database."""

from collections import defaultdict
from uuid import UUID

from services.ballot.trustee.ceremony.domain import Ceremony, Received, Step
from shared.db import Connection, record

COLUMNS = (
    "tenant_id, id, period, group_name, threshold, seats, state, requested_at, seed, share, trustees, fault, ended_at"
)


def alone(conn: Connection, ceremony_id: UUID) -> None:
    """Be the only transaction that works on a ceremony, whether or not it is known yet."""
    conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(ceremony_id)])


def find(conn: Connection, tenant_id: UUID, ceremony_id: UUID) -> Ceremony | None:
    """Give a ceremony, held for a change; none while it has not been requested."""
    with conn.cursor(row_factory=record(Ceremony)) as cursor:
        return cursor.execute(
            f"SELECT {COLUMNS} FROM ceremony WHERE tenant_id = %s AND id = %s FOR UPDATE",  # noqa: S608 — a constant
            [tenant_id, ceremony_id],
        ).fetchone()


def add(conn: Connection, ceremony: Ceremony) -> None:
    """Enter a ceremony."""
    conn.execute(
        "INSERT INTO ceremony (tenant_id, id, period, group_name, threshold, seats, state, requested_at, seed)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            ceremony.tenant_id, ceremony.id, ceremony.period, ceremony.group_name, ceremony.threshold, ceremony.seats,
            ceremony.state, ceremony.requested_at, ceremony.seed,
        ],
    )  # fmt: skip


def save(conn: Connection, ceremony: Ceremony) -> None:
    """Keep what has changed of a ceremony."""
    conn.execute(
        "UPDATE ceremony SET state = %s, seed = %s, share = %s, trustees = %s, fault = %s,"
        " ended_at = %s WHERE tenant_id = %s AND id = %s",
        [
            ceremony.state, ceremony.seed, ceremony.share, ceremony.trustees, ceremony.fault,
            ceremony.ended_at, ceremony.tenant_id, ceremony.id,
        ],
    )  # fmt: skip


def is_needed(conn: Connection, tenant_id: UUID, ceremony_id: UUID) -> bool:
    """Say whether the sum of a ballot is asked for that this seat has neither decrypted nor declined."""
    row = conn.execute(
        "SELECT EXISTS (SELECT FROM watch WHERE tenant_id = %s AND ceremony_id = %s AND state = 'watching'"
        " AND NOT annulled)",
        [tenant_id, ceremony_id],
    ).fetchone()
    return row == (True,)


def keep(conn: Connection, tenant_id: UUID, ceremony_id: UUID, step: Step, seat: int, content: str) -> bool:
    """Keep what a seat said; say whether that is what stands there now."""
    conn.execute(
        "INSERT INTO received (tenant_id, ceremony_id, step, seat, content) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        [tenant_id, ceremony_id, step, seat, content],
    )
    row = conn.execute(
        "SELECT content = %s FROM received WHERE tenant_id = %s AND ceremony_id = %s AND step = %s AND seat = %s",
        [content, tenant_id, ceremony_id, step, seat],
    ).fetchone()
    return row == (True,)


def received(conn: Connection, tenant_id: UUID, ceremony_id: UUID) -> Received:
    """Give all that was said in a ceremony."""
    rows = conn.execute(
        "SELECT step, seat, content FROM received WHERE tenant_id = %s AND ceremony_id = %s ORDER BY step, seat",
        [tenant_id, ceremony_id],
    )
    found: defaultdict[Step, dict[int, str]] = defaultdict(dict)
    for step, seat, content in rows:
        found[Step(step)][seat] = content
    return {step: found[step] for step in Step}
