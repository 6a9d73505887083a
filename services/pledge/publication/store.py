"""Every SQL statement on the records of publications."""

from dataclasses import asdict
from uuid import UUID

from services.pledge.publication.domain import Record
from services.pledge.publication.rules import RecordNotFound
from shared.db import Connection, record

RECORD = """
    SELECT tenant_id, id, pledge_id, version, channel, scope, published_on, place, evidence, recorded_by, recorded_at,
           struck_by, struck_at, struck_reason
    FROM publication
"""


def add(conn: Connection, kept: Record) -> None:
    """Keep a record."""
    conn.execute(
        """
        INSERT INTO publication
            (tenant_id, id, pledge_id, version, channel, scope, published_on, place, evidence, recorded_by, recorded_at)
        VALUES (%(tenant_id)s, %(id)s, %(pledge_id)s, %(version)s, %(channel)s, %(scope)s, %(published_on)s, %(place)s,
                %(evidence)s, %(recorded_by)s, %(recorded_at)s)
        """,
        asdict(kept),
    )


def save(conn: Connection, kept: Record) -> None:
    """Keep that a record was struck out."""
    conn.execute(
        """
        UPDATE publication
        SET struck_by = %(struck_by)s, struck_at = %(struck_at)s, struck_reason = %(struck_reason)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        asdict(kept),
    )


def read(conn: Connection, tenant_id: UUID, record_id: UUID) -> Record:
    """Give a record; who changes it holds its pledge. Raises `RecordNotFound`."""
    with conn.cursor(row_factory=record(Record)) as cursor:
        row = cursor.execute(RECORD + "WHERE tenant_id = %s AND id = %s", [tenant_id, record_id]).fetchone()
    if row is None:
        raise RecordNotFound
    return row


def list_records(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> list[Record]:
    """Give where and when the versions of a pledge were shown, the newest version and the first showing first."""
    with conn.cursor(row_factory=record(Record)) as cursor:
        return cursor.execute(
            RECORD
            + """
            WHERE tenant_id = %s AND pledge_id = %s ORDER BY version DESC, published_on, recorded_at, id
            """,
            [tenant_id, pledge_id],
        ).fetchall()
