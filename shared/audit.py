"""Who did what, and who read what is sensitive: an append-only table."""

from uuid import UUID

from shared import clock
from shared.db import Connection


def note(
    conn: Connection, tenant_id: UUID, person_id: UUID, act: str, *, subject: str, organization_id: UUID | None = None
) -> None:
    """Write one line: the act is a permission's name, the subject an id. Never a text that people wrote."""
    conn.execute(
        """
        INSERT INTO audit (tenant_id, at, person_id, act, organization_id, subject)
        VALUES (%s, %s, %s, %s, %s, %s)
        """,
        [tenant_id, clock.now(), person_id, act, organization_id, subject],
    )
