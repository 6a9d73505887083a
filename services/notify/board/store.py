"""What the public board reads: published awards and the quarters that have any."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.db import Connection, record
from shared.directory.domain import Organization


@dataclass(frozen=True)
class Winner:
    """A published award as everybody may see it."""

    award_id: UUID
    award: str
    name: str
    organization_id: UUID
    organization: str
    deed: str
    period: str
    published_on: date


def list_winners(conn: Connection, organization: Organization, period: str) -> list[Winner]:
    """Give the winners of a quarter at and below an organisation, branch by branch, in 姓氏笔画 order."""
    with conn.cursor(row_factory=record(Winner)) as cursor:
        return cursor.execute(
            """
            SELECT a.id AS award_id, a.star_title AS award, a.name, a.organization_id, o.name AS organization, a.deed,
                   a.period, a.published_on
            FROM award a JOIN organization o ON o.tenant_id = a.tenant_id AND o.id = a.organization_id
            WHERE a.tenant_id = %s AND a.state = 'published' AND a.period = %s AND starts_with(o.path, %s)
            ORDER BY a.stroke_key, a.id
            """,
            [organization.tenant_id, period, organization.path],
        ).fetchall()


def list_periods(conn: Connection, organization: Organization) -> list[str]:
    """Give the quarters in which an organisation, or one below it, has winners; the newest first."""
    rows = conn.execute(
        """
        SELECT DISTINCT a.period
        FROM award a JOIN organization o ON o.tenant_id = a.tenant_id AND o.id = a.organization_id
        WHERE a.tenant_id = %s AND a.state = 'published' AND starts_with(o.path, %s)
        ORDER BY a.period DESC
        """,
        [organization.tenant_id, organization.path],
    ).fetchall()
    return [str(row[0]) for row in rows]
