"""Every statement about watched ballots and decrypted sums in a seat's database."""

from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from services.ballot.trustee.decryption.domain import Answer, Holding, Watch
from shared.db import Connection, record

COLUMNS = (
    "tenant_id, ballot_id, state, electronic, credentials_hash, names, choices, secrecy_minimum, opened, annulled,"
    " ceremony_id, uuid, head, faults, progress, reached, due_at, questions"
)


def hold(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> Watch:
    """Give a ballot, held for a change; one that was not known begins to be."""
    conn.execute(
        "INSERT INTO watch (tenant_id, ballot_id, state) VALUES (%s, %s, 'watching') ON CONFLICT DO NOTHING",
        [tenant_id, ballot_id],
    )
    with conn.cursor(row_factory=record(Watch)) as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM watch WHERE tenant_id = %s AND ballot_id = %s FOR UPDATE",  # noqa: S608
            [tenant_id, ballot_id],
        )
        return cursor.fetchall()[0]


def save(conn: Connection, watch: Watch) -> None:
    """Keep what has changed of a watched ballot."""
    conn.execute(
        "UPDATE watch SET state = %s, electronic = %s, credentials_hash = %s, names = %s, choices = %s,"
        " secrecy_minimum = %s, opened = %s, annulled = %s, ceremony_id = %s, uuid = %s, head = %s, faults = %s,"
        " progress = %s, reached = %s, due_at = %s, questions = %s WHERE tenant_id = %s AND ballot_id = %s",
        [
            watch.state, watch.electronic, watch.credentials_hash, watch.names, watch.choices, watch.secrecy_minimum,
            watch.opened, watch.annulled, watch.ceremony_id, watch.uuid, watch.head, list(watch.faults),
            watch.progress, watch.reached, watch.due_at,
            None if watch.questions is None else Jsonb(watch.questions), watch.tenant_id, watch.ballot_id,
        ],
    )  # fmt: skip


def claim(conn: Connection, now: datetime, until: datetime, limit: int, *, requested: bool) -> list[Watch]:
    """Take ballots that are to be looked at, and put off their next look so that nobody else takes them.

    Materialised: a plan that runs a subquery once a row would take `limit` of them each time.
    """
    columns = ", ".join(f"w.{each}" for each in COLUMNS.split(", "))
    with conn.cursor(row_factory=record(Watch)) as cursor:
        return cursor.execute(
            "WITH due AS MATERIALIZED ("  # noqa: S608 — a constant
            "SELECT tenant_id, ballot_id FROM watch WHERE due_at <= %s AND (head IS NOT NULL) = %s"
            " ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED)"
            " UPDATE watch w SET due_at = %s FROM due"
            f" WHERE w.tenant_id = due.tenant_id AND w.ballot_id = due.ballot_id RETURNING {columns}",
            [now, requested, limit, until],
        ).fetchall()


def release(conn: Connection, now: datetime, latest: datetime) -> None:
    """Make due what is put off beyond `latest`, which only a claim does that was never noted."""
    conn.execute("UPDATE watch SET due_at = %s WHERE due_at > %s", [now, latest])


def holding(conn: Connection, tenant_id: UUID, ceremony_id: UUID, seat: int) -> Holding | None:
    """Give the key of a ceremony with this seat's share of it; none while the key does not stand."""
    row = conn.execute(
        "SELECT trustees, (SELECT count(*) FROM unnest(seats) AS other WHERE other <= %s), share FROM ceremony"
        " WHERE tenant_id = %s AND id = %s AND state = 'made'",
        [seat, tenant_id, ceremony_id],
    ).fetchone()
    return Holding(*row) if row else None


def find_answer(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> Answer | None:
    """Give the sum of a ballot that was decrypted."""
    with conn.cursor(row_factory=record(Answer)) as cursor:
        return cursor.execute(
            "SELECT head, tally_hash, owner, partial_decryption FROM decryption"
            " WHERE tenant_id = %s AND ballot_id = %s",
            [tenant_id, ballot_id],
        ).fetchone()


def add_answer(conn: Connection, tenant_id: UUID, ballot_id: UUID, answer: Answer, at: datetime) -> None:
    """Keep the sum that was decrypted; a second one of the same ballot is an error of the database."""
    conn.execute(
        "INSERT INTO decryption (tenant_id, ballot_id, head, tally_hash, owner, partial_decryption, made_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [tenant_id, ballot_id, answer.head, answer.tally_hash, answer.owner, answer.partial_decryption, at],
    )
