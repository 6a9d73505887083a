"""Every SQL statement on the matters of organisations to which others are tied."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row

from shared.db import Connection


@dataclass(frozen=True)
class Offered:
    """A matter that an organisation promised publicly, to which others can be tied."""

    item_id: UUID
    organization_id: UUID
    organization: str
    content: str


@dataclass(frozen=True)
class Serving:
    """A published matter that serves one of an organisation's."""

    served_id: UUID
    pledge_id: UUID
    name: str
    """the pledger's, or the organisation's"""
    content: str
    deeds: int
    """how many confirmed deeds came of it (R-139)"""


def list_offered(
    conn: Connection, tenant_id: UUID, paths: Sequence[str], year: int, *, but: UUID | None = None
) -> list[Offered]:
    """Give what organisations (paths of a lineage) promised publicly for a year, the nearest one's first.

    `but` is a pledge to whose own matters nothing is tied: itself.
    """
    with conn.cursor(row_factory=class_row(Offered)) as cursor:
        return cursor.execute(
            """
            SELECT i.item_id, o.id AS organization_id, o.name AS organization, i.content
            FROM organization o
            JOIN pledge p ON p.tenant_id = o.tenant_id AND p.organization_id = o.id AND p.form = 'organization'
            JOIN pledge_item i ON i.tenant_id = p.tenant_id AND i.pledge_id = p.id AND i.version = p.published_version
            WHERE o.tenant_id = %s AND o.path = ANY(%s) AND p.year = %s AND p.state <> 'withdrawn'
              AND p.id IS DISTINCT FROM %s
            ORDER BY length(o.path) DESC, p.made_at, i.position
            """,
            [tenant_id, list(paths), year, but],
        ).fetchall()


def list_words(conn: Connection, tenant_id: UUID, item_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Give the published words of matters by their ids."""
    if not item_ids:
        return {}
    rows = conn.execute(
        """
        SELECT i.item_id, i.content
        FROM pledge_item i
        JOIN pledge p ON p.tenant_id = i.tenant_id AND p.id = i.pledge_id AND p.published_version = i.version
        WHERE i.tenant_id = %s AND i.item_id = ANY(%s)
        """,
        [tenant_id, list(item_ids)],
    ).fetchall()
    return dict(rows)


def list_serving(conn: Connection, tenant_id: UUID, item_ids: Sequence[UUID]) -> list[Serving]:
    """Give the published matters that are tied to these, in the order of organisations and 姓氏笔画."""
    if not item_ids:
        return []
    with conn.cursor(row_factory=class_row(Serving)) as cursor:
        return cursor.execute(
            """
            SELECT i.linked_item_id AS served_id, p.id AS pledge_id, coalesce(h.name, o.name) AS name, i.content,
                   (SELECT count(*) FROM deed d
                    WHERE d.tenant_id = i.tenant_id AND d.pledge_id = i.pledge_id AND d.item_id = i.item_id) AS deeds
            FROM pledge_item i
            JOIN pledge p ON p.tenant_id = i.tenant_id AND p.id = i.pledge_id AND p.published_version = i.version
                AND p.state <> 'withdrawn'
            JOIN organization o ON o.tenant_id = p.tenant_id AND o.id = p.organization_id
            LEFT JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
            WHERE i.tenant_id = %s AND i.linked_item_id = ANY(%s)
            ORDER BY o.path, h.stroke_key COLLATE "C" NULLS FIRST, p.id, i.position
            """,
            [tenant_id, list(item_ids)],
        ).fetchall()
