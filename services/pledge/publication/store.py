"""Every SQL statement on the records of publications."""

from dataclasses import asdict
from uuid import UUID

from services.pledge.publication.domain import Record
from shared.db import Connection, record


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


def list_records(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> list[Record]:
    """Give where and when the versions of a pledge were shown, the newest version and the first showing first."""
    with conn.cursor(row_factory=record(Record)) as cursor:
        return cursor.execute(
            """
            SELECT tenant_id, id, pledge_id, version, channel, scope, published_on, place, evidence, recorded_by,
                   recorded_at
            FROM publication WHERE tenant_id = %s AND pledge_id = %s
            ORDER BY version DESC, published_on, recorded_at, id
            """,
            [tenant_id, pledge_id],
        ).fetchall()
