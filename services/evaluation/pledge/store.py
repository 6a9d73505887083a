"""Every SQL statement on the words of published pledges."""

from uuid import UUID

from shared.db import Connection


def save(conn: Connection, tenant_id: UUID, pledge_id: UUID, version: int, person_id: UUID | None, words: str) -> None:
    """Keep a published version; an older one that is heard later changes nothing."""
    conn.execute(
        """
        INSERT INTO pledge (tenant_id, id, version, person_id, words) VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            version = EXCLUDED.version, person_id = EXCLUDED.person_id, words = EXCLUDED.words
        WHERE pledge.version < EXCLUDED.version
        """,
        [tenant_id, pledge_id, version, person_id, words],
    )


def list_words(conn: Connection, tenant_id: UUID, person_ids: list[UUID]) -> dict[tuple[UUID, UUID], str]:
    """Give the words of several people's own pledges by person and pledge."""
    rows = conn.execute(
        "SELECT person_id, id, words FROM pledge WHERE tenant_id = %s AND person_id = ANY(%s)", [tenant_id, person_ids]
    ).fetchall()
    return {(row[0], row[1]): row[2] for row in rows}
