"""Every SQL statement on what proves showings."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from services.pledge.proof.domain import Proof
from services.pledge.proof.rules import ProofNotFound
from shared.db import Connection, record


def add(conn: Connection, proof: Proof) -> None:
    """Keep a file."""
    conn.execute(
        """
        INSERT INTO proof (tenant_id, id, publication_id, name, kind, content, added_by, added_at)
        VALUES (%(tenant_id)s, %(id)s, %(publication_id)s, %(name)s, %(kind)s, %(content)s, %(added_by)s, %(added_at)s)
        """,
        asdict(proof),
    )


def list_of(conn: Connection, tenant_id: UUID, publication_ids: Sequence[UUID]) -> dict[UUID, list[Proof]]:
    """Give the files of records, without their contents, by record."""
    with conn.cursor(row_factory=record(Proof)) as cursor:
        rows = cursor.execute(
            """
            SELECT tenant_id, id, publication_id, name, kind, added_by, added_at
            FROM proof WHERE tenant_id = %s AND publication_id = ANY(%s) ORDER BY added_at, id
            """,
            [tenant_id, list(publication_ids)],
        ).fetchall()
    found: dict[UUID, list[Proof]] = {}
    for row in rows:
        found.setdefault(row.publication_id, []).append(row)
    return found


def read(conn: Connection, tenant_id: UUID, proof_id: UUID) -> Proof:
    """Give a file with its content. Raises `ProofNotFound`."""
    with conn.cursor(row_factory=record(Proof)) as cursor:
        row = cursor.execute(
            """
            SELECT tenant_id, id, publication_id, name, kind, added_by, added_at, content
            FROM proof WHERE tenant_id = %s AND id = %s
            """,
            [tenant_id, proof_id],
        ).fetchone()
    if row is None:
        raise ProofNotFound
    return row
