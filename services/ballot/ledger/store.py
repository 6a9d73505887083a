"""Every SQL statement on the archive of a box: its chain and its records, written once and read as bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from uuid import UUID

from psycopg.rows import class_row

from services.ballot.archive.chain import Builder
from services.ballot.archive.records import Kind, Record
from services.ballot.box.domain import Chain
from shared.db import Connection

CHAIN = "SELECT tenant_id, ballot_id, head, height, last, records, size, sealed_size FROM chain "


def find(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> Chain | None:
    """Give how far the archive of a box has come; nothing before the box was opened."""
    return _one(conn, tenant_id, ballot_id, "")


def hold(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> Chain:
    """Give the chain of an opened box and let nobody else go on with it until the transaction ends."""
    chain = _one(conn, tenant_id, ballot_id, "FOR UPDATE")
    if chain is None:
        raise LookupError("a box without a chain was never opened")
    return chain


def _one(conn: Connection, tenant_id: UUID, ballot_id: UUID, lock: str) -> Chain | None:
    with conn.cursor(row_factory=class_row(Chain)) as cursor:
        return cursor.execute(
            CHAIN + "WHERE tenant_id = %s AND ballot_id = %s " + lock, [tenant_id, ballot_id]
        ).fetchone()


def append(conn: Connection, chain: Chain, builder: Builder, records: Sequence[Record]) -> Chain:
    """Write what `builder` added to a chain that the caller holds (or begins); give the chain as it is now."""
    begins = chain.size
    rows = []
    for number, each in enumerate(records, chain.records):
        rows.append((chain.tenant_id, chain.ballot_id, number, str(each.kind), each.text, begins))
        begins += each.size
    with conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO record (tenant_id, ballot_id, number, kind, body, begins) VALUES (%s, %s, %s, %s, %s, %s)",
            rows,
        )
    if builder.head is None:
        raise ValueError("nothing was built")
    grown = chain.grown(builder.head, records)
    conn.execute(
        """
        INSERT INTO chain (tenant_id, ballot_id, head, height, last, records, size, sealed_size)
        VALUES (%(tenant_id)s, %(ballot_id)s, %(head)s, %(height)s, %(last)s, %(records)s, %(size)s, %(sealed_size)s)
        ON CONFLICT (tenant_id, ballot_id) DO UPDATE
        SET head = excluded.head, height = excluded.height, last = excluded.last, records = excluded.records,
            size = excluded.size, sealed_size = excluded.sealed_size
        """,
        asdict(grown),
    )
    return grown


def text(conn: Connection, chain: Chain, number: int) -> str:
    """Give the text of one record."""
    row = conn.execute(
        "SELECT body FROM record WHERE tenant_id = %s AND ballot_id = %s AND number = %s",
        [chain.tenant_id, chain.ballot_id, number],
    ).fetchone()
    if row is None:
        raise LookupError(f"record {number}")
    return str(row[0])


def first_at(conn: Connection, chain: Chain, offset: int) -> tuple[int, int]:
    """Give the number of the record in which a byte of the archive lies, and where that record begins."""
    row = conn.execute(
        """
        SELECT number, begins FROM record WHERE tenant_id = %s AND ballot_id = %s AND begins <= %s
        ORDER BY number DESC LIMIT 1
        """,
        [chain.tenant_id, chain.ballot_id, offset],
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def some(conn: Connection, chain: Chain, number: int, limit: int) -> Iterator[Record]:
    """Give at most `limit` records from a number on."""
    rows = conn.execute(
        """
        SELECT kind, body FROM record WHERE tenant_id = %s AND ballot_id = %s AND number >= %s ORDER BY number LIMIT %s
        """,
        [chain.tenant_id, chain.ballot_id, number, limit],
    ).fetchall()
    return (Record(Kind(kind), body) for kind, body in rows)
