"""Every SQL statement on what the trustees answered about a sealed box: what they gave, and what is wrong with it."""

from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from services.ballot.box.domain import Decryption
from shared.db import Connection


def add_decryption(conn: Connection, tenant_id: UUID, ballot_id: UUID, given: Decryption) -> None:
    """Keep what a trustee gave; what it gave first stands."""
    conn.execute(
        """
        INSERT INTO decryption (tenant_id, ballot_id, seat, owner, answer) VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT DO NOTHING
        """,
        [tenant_id, ballot_id, given.seat, given.owner, given.answer],
    )


def list_decryptions(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> list[Decryption]:
    """Give what the trustees gave, by seat."""
    with conn.cursor(row_factory=class_row(Decryption)) as cursor:
        return cursor.execute(
            "SELECT seat, owner, answer FROM decryption WHERE tenant_id = %s AND ballot_id = %s ORDER BY seat",
            [tenant_id, ballot_id],
        ).fetchall()


def add_fault(conn: Connection, tenant_id: UUID, ballot_id: UUID, seat: int, code: str, *, at: datetime) -> None:
    """Note what is wrong with a trustee's answer, or why it gave none."""
    conn.execute(
        """
        INSERT INTO decryption_fault (tenant_id, ballot_id, seat, code, at) VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT DO NOTHING
        """,
        [tenant_id, ballot_id, seat, code, at],
    )


def list_faults(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> list[tuple[int, str]]:
    """Give seats and codes of trustees that declined or were refused."""
    return conn.execute(
        "SELECT seat, code FROM decryption_fault WHERE tenant_id = %s AND ballot_id = %s ORDER BY seat, code",
        [tenant_id, ballot_id],
    ).fetchall()
