"""Every SQL statement on the words of published pledges and their results."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from services.evaluation.pledge.domain import Appraised, Cited
from shared.db import Connection


def save(
    conn: Connection, tenant_id: UUID, pledge_id: UUID, version: int, person_id: UUID | None, words: str, *, year: int
) -> bool:
    """Keep a published version, and say whether it is new; an older one that is heard later changes nothing."""
    kept = conn.execute(
        """
        INSERT INTO pledge (tenant_id, id, version, person_id, words, year) VALUES (%s, %s, %s, %s, %s, %s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            version = EXCLUDED.version, person_id = EXCLUDED.person_id, words = EXCLUDED.words, year = EXCLUDED.year
        WHERE pledge.version < EXCLUDED.version
        """,
        [tenant_id, pledge_id, version, person_id, words, year],
    ).rowcount
    return bool(kept)


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


def list_of_person(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Cited]:
    """Give the published pledges that a person makes, alone or with others, the newest year first."""
    with conn.cursor(row_factory=class_row(Cited)) as cursor:
        return cursor.execute(
            """
            SELECT p.id, p.year, p.words FROM pledge p
            WHERE p.tenant_id = %(tenant_id)s AND (p.person_id = %(person_id)s OR EXISTS (
                SELECT FROM pledge_maker m
                WHERE m.tenant_id = p.tenant_id AND m.pledge_id = p.id AND m.person_id = %(person_id)s))
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
