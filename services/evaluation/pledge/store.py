"""Every SQL statement on the words of published pledges, their items and their results."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from services.evaluation.pledge.domain import Appraised, Cited, Item
from shared.db import Connection


def save(conn: Connection, tenant_id: UUID, words: str, facts: Mapping[str, Any]) -> bool:
    """Keep a published version, and say whether it is new; an older one that is heard later changes nothing."""
    kept = conn.execute(
        """
        INSERT INTO pledge (tenant_id, id, version, person_id, organization_id, words, year)
        VALUES (%(tenant_id)s, %(pledge_id)s, %(version)s, %(person_id)s, %(organization_id)s, %(words)s, %(year)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            version = EXCLUDED.version, person_id = EXCLUDED.person_id, organization_id = EXCLUDED.organization_id,
            words = EXCLUDED.words, year = EXCLUDED.year
        WHERE pledge.version < EXCLUDED.version
        """,
        {**facts, "tenant_id": tenant_id, "words": words},
    ).rowcount
    return bool(kept)


def add_items(
    conn: Connection, tenant_id: UUID, pledge_id: UUID, version: int, items: Sequence[Mapping[str, Any]]
) -> None:
    """Keep the items of a version in their order; heard twice they stand once, and no other version changes."""
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO pledge_item (tenant_id, pledge_id, version, item_id, position, content, linked_item_id)
            VALUES (%(tenant_id)s, %(pledge_id)s, %(version)s, %(item_id)s, %(position)s, %(content)s,
                    %(linked_item_id)s)
            ON CONFLICT (tenant_id, pledge_id, version, item_id) DO NOTHING
            """,
            [
                {**one, "tenant_id": tenant_id, "pledge_id": pledge_id, "version": version, "position": place}
                for place, one in enumerate(items, 1)
            ],
        )


ITEM = """
    SELECT i.pledge_id, i.item_id, i.version, i.position, i.content, i.version = p.version AS current,
           coalesce(s.name, '') AS served_by, coalesce(s.content, '') AS served
    FROM pledge_item i
    JOIN pledge p ON p.tenant_id = i.tenant_id AND p.id = i.pledge_id
    LEFT JOIN LATERAL (
        SELECT o.name, served.content
        FROM pledge_item served
        JOIN pledge whose ON whose.tenant_id = served.tenant_id AND whose.id = served.pledge_id
            AND whose.person_id IS NULL
        JOIN organization o ON o.tenant_id = whose.tenant_id AND o.id = whose.organization_id
        WHERE served.tenant_id = i.tenant_id AND served.item_id = i.linked_item_id
        ORDER BY served.version DESC LIMIT 1
    ) s ON true
"""


def list_items(conn: Connection, tenant_id: UUID, pledge_ids: Sequence[UUID]) -> list[Item]:
    """Give the items of several pledges in all versions, each with what it serves of an organisation's promise."""
    with conn.cursor(row_factory=class_row(Item)) as cursor:
        return cursor.execute(
            ITEM + "WHERE i.tenant_id = %s AND i.pledge_id = ANY(%s) ORDER BY i.pledge_id, i.version, i.position",
            [tenant_id, list(pledge_ids)],
        ).fetchall()


def list_versions(conn: Connection, tenant_id: UUID, item_id: UUID) -> list[Item]:
    """Give an item in all its versions; none when nobody published it."""
    with conn.cursor(row_factory=class_row(Item)) as cursor:
        return cursor.execute(
            ITEM + "WHERE i.tenant_id = %s AND i.item_id = %s ORDER BY i.version", [tenant_id, item_id]
        ).fetchall()


def save_makers(conn: Connection, tenant_id: UUID, pledge_id: UUID, person_ids: Sequence[UUID]) -> None:
    """Keep who makes a pledge together with its pledger, in the place of who did before (R-033)."""
    conn.execute("DELETE FROM pledge_maker WHERE tenant_id = %s AND pledge_id = %s", [tenant_id, pledge_id])
    conn.execute(
        """
        INSERT INTO pledge_maker (tenant_id, pledge_id, person_id)
        SELECT DISTINCT %s::uuid, %s::uuid, one.person_id FROM unnest(%s::uuid[]) AS one (person_id)
        """,
        [tenant_id, pledge_id, list(person_ids)],
    )


def list_words(conn: Connection, tenant_id: UUID, person_ids: list[UUID]) -> dict[tuple[UUID, UUID], str]:
    """Give the words of the pledges that several people make, by person and pledge."""
    rows = conn.execute(
        """
        SELECT person_id, id, words FROM pledge WHERE tenant_id = %(tenant_id)s AND person_id = ANY(%(ids)s)
        UNION
        SELECT m.person_id, p.id, p.words
        FROM pledge_maker m JOIN pledge p ON p.tenant_id = m.tenant_id AND p.id = m.pledge_id
        WHERE m.tenant_id = %(tenant_id)s AND m.person_id = ANY(%(ids)s)
        """,
        {"tenant_id": tenant_id, "ids": person_ids},
    ).fetchall()
    return {(row[0], row[1]): row[2] for row in rows}


def find_home(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> UUID | None:
    """Give the organisation in which a pledge was made, if that was heard."""
    row = conn.execute(
        "SELECT organization_id FROM pledge WHERE tenant_id = %s AND id = %s", [tenant_id, pledge_id]
    ).fetchone()
    return row[0] if row else None


def list_of_person(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Cited]:
    """Give the published pledges that a person makes, alone or with others, the newest year first."""
    with conn.cursor(row_factory=class_row(Cited)) as cursor:
        return cursor.execute(
            """
            SELECT p.id, p.year, p.words FROM pledge p
            WHERE p.tenant_id = %(tenant_id)s AND (p.person_id = %(person_id)s OR p.id = ANY(ARRAY(
                SELECT m.pledge_id FROM pledge_maker m
                WHERE m.tenant_id = %(tenant_id)s AND m.person_id = %(person_id)s)))
            ORDER BY p.year DESC, p.words, p.id
            """,
            {"tenant_id": tenant_id, "person_id": person_id},
        ).fetchall()


def is_own(conn: Connection, tenant_id: UUID, pledge_id: UUID, person_id: UUID) -> bool:
    """Say whether a pledge is published and a person makes it, alone or with others (R-033)."""
    row = conn.execute(
        """
        SELECT FROM pledge p
        WHERE p.tenant_id = %(tenant_id)s AND p.id = %(pledge_id)s AND (p.person_id = %(person_id)s OR EXISTS (
            SELECT FROM pledge_maker m
            WHERE m.tenant_id = p.tenant_id AND m.pledge_id = p.id AND m.person_id = %(person_id)s))
        """,
        {"tenant_id": tenant_id, "pledge_id": pledge_id, "person_id": person_id},
    ).fetchone()
    return row is not None


def save_appraised(conn: Connection, tenant_id: UUID, result: Mapping[str, Any], told_at: datetime) -> None:
    """Keep a result; an older one that is heard later changes nothing."""
    conn.execute(
        """
        INSERT INTO appraised (tenant_id, pledge_id, person_id, year, appraisal_id, grade, done, total, told_at)
        VALUES (%(tenant_id)s, %(pledge_id)s, %(person_id)s, %(year)s, %(appraisal_id)s, coalesce(%(grade)s, ''),
                %(done)s, %(total)s, %(told_at)s)
        ON CONFLICT (tenant_id, pledge_id, person_id) DO UPDATE SET
            year = EXCLUDED.year, appraisal_id = EXCLUDED.appraisal_id,
            grade = EXCLUDED.grade, done = EXCLUDED.done, total = EXCLUDED.total, told_at = EXCLUDED.told_at
        WHERE appraised.told_at < EXCLUDED.told_at
        """,
        {**result, "tenant_id": tenant_id, "told_at": told_at},
    )


def list_appraised(conn: Connection, tenant_id: UUID, person_ids: Sequence[UUID]) -> dict[UUID, list[Appraised]]:
    """Give the results of several people's pledges by person, the newest year first."""
    with conn.cursor(row_factory=class_row(Appraised)) as cursor:
        rows = cursor.execute(
            """
            SELECT person_id, year, grade, done, total FROM appraised
            WHERE tenant_id = %s AND person_id = ANY(%s) ORDER BY year DESC, told_at DESC
            """,
            [tenant_id, list(person_ids)],
        ).fetchall()
    found: dict[UUID, list[Appraised]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found
