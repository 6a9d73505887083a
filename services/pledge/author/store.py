"""Every SQL statement on those who promise together, and on what they say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row, dict_row

from services.pledge.pledge.domain import TOGETHER, Author, Pledge
from shared.db import Connection, record


@dataclass(frozen=True)
class Named:
    """A pledge that names somebody who has not said yet whether that is right."""

    pledge_id: UUID
    name: str
    """the pledger's"""
    headline: str


def save(conn: Connection, pledge: Pledge, number: int, authors: Sequence[Author]) -> None:
    """Keep who promises with the pledger in a version, in the order given."""
    conn.execute(
        "DELETE FROM pledge_author WHERE tenant_id = %s AND pledge_id = %s AND version = %s",
        [pledge.tenant_id, pledge.id, number],
    )
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO pledge_author (tenant_id, pledge_id, version, position, person_id, name, headcount)
            VALUES (%s, %s, %s, %s, %s, %s, %s)
            """,
            [
                (pledge.tenant_id, pledge.id, number, place, one.person_id, one.name, one.headcount)
                for place, one in enumerate(authors, 1)
            ],
        )


def by_version(conn: Connection, pledge: Pledge) -> dict[int, list[Author]]:
    """Give who promises with the pledger, version by version, also who declined; nobody where the form has none."""
    if pledge.form not in TOGETHER:
        return {}
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            """
            SELECT a.version, a.name, a.person_id, a.headcount, coalesce(NOT w.joins, false) AS declined
            FROM pledge_author a
            LEFT JOIN pledge_answer w ON w.tenant_id = a.tenant_id AND w.pledge_id = a.pledge_id
                AND w.person_id = a.person_id
            WHERE a.tenant_id = %s AND a.pledge_id = %s ORDER BY a.version, a.position
            """,
            [pledge.tenant_id, pledge.id],
        ).fetchall()
    found: dict[int, list[Author]] = {}
    for row in rows:
        found.setdefault(row.pop("version"), []).append(Author(**row))
    return found


def list_authors(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> list[Author]:
    """Give who promises with the pledger in the text that counts: the public one, before that the one handed in."""
    with conn.cursor(row_factory=class_row(Author)) as cursor:
        return cursor.execute(
            """
            SELECT name, person_id, headcount FROM pledge_companion
            WHERE tenant_id = %s AND pledge_id = %s AND counts ORDER BY position
            """,
            [tenant_id, pledge_id],
        ).fetchall()


def of_pledges(conn: Connection, tenant_id: UUID, pledge_ids: Sequence[UUID]) -> dict[UUID, list[Author]]:
    """Give the same of several pledges, by pledge; none for those that nobody makes with the pledger."""
    if not pledge_ids:
        return {}
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            """
            SELECT pledge_id, name, person_id, headcount FROM pledge_companion
            WHERE tenant_id = %s AND pledge_id = ANY(%s) AND counts ORDER BY pledge_id, position
            """,
            [tenant_id, list(pledge_ids)],
        ).fetchall()
    found: dict[UUID, list[Author]] = {}
    for row in rows:
        found.setdefault(row.pop("pledge_id"), []).append(Author(**row))
    return found


def of_versions(
    conn: Connection, tenant_id: UUID, versions: Sequence[tuple[UUID, int]]
) -> dict[UUID, list[Author]]:  # fmt: skip
    """Give who promises together, without who declined, in one version of each of these pledges."""
    if not versions:
        return {}
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            """
            SELECT a.pledge_id, a.name, a.person_id, a.headcount
            FROM unnest(%s::uuid[], %s::int[]) AS shown (pledge_id, version)
            JOIN pledge_companion a ON a.tenant_id = %s AND a.pledge_id = shown.pledge_id AND a.version = shown.version
            ORDER BY a.pledge_id, a.position
            """,
            [[one[0] for one in versions], [one[1] for one in versions], tenant_id],
        ).fetchall()
    found: dict[UUID, list[Author]] = {}
    for row in rows:
        found.setdefault(row.pop("pledge_id"), []).append(Author(**row))
    return found


def is_named(conn: Connection, pledge: Pledge, person_id: UUID, *, declined: bool = False) -> bool:
    """Say whether somebody is named in the text that counts or in the newest; `declined`: also who declined."""
    if pledge.form not in TOGETHER:
        return False
    row = conn.execute(
        """
        SELECT FROM pledge_author a
        WHERE a.tenant_id = %(tenant_id)s AND a.pledge_id = %(pledge_id)s AND a.person_id = %(person_id)s
          AND a.version IN (%(version)s, coalesce(%(published)s, (
              SELECT max(v.number) FROM pledge_version v
              WHERE v.tenant_id = a.tenant_id AND v.pledge_id = a.pledge_id AND v.submitted_at IS NOT NULL)))
          AND (%(declined)s OR NOT EXISTS (
              SELECT FROM pledge_answer w
              WHERE w.tenant_id = a.tenant_id AND w.pledge_id = a.pledge_id AND w.person_id = a.person_id
                AND NOT w.joins))
        LIMIT 1
        """,
        {
            "tenant_id": pledge.tenant_id, "pledge_id": pledge.id, "person_id": person_id, "version": pledge.version,
            "published": pledge.published_version, "declined": declined,
        },
    ).fetchone()  # fmt: skip
    return row is not None


def save_answer(conn: Connection, pledge: Pledge, person_id: UUID, at: datetime, *, joins: bool) -> None:
    """Keep what somebody named on a pledge says; a later answer takes the place of the one before."""
    conn.execute(
        """
        INSERT INTO pledge_answer (tenant_id, pledge_id, person_id, joins, answered_at) VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT (tenant_id, pledge_id, person_id) DO UPDATE SET
            joins = EXCLUDED.joins, answered_at = EXCLUDED.answered_at
        """,
        [pledge.tenant_id, pledge.id, person_id, joins, at],
    )


def find_answer(conn: Connection, pledge: Pledge, person_id: UUID) -> bool | None:
    """Give what somebody said of a pledge; none when nothing was said."""
    row = conn.execute(
        "SELECT joins FROM pledge_answer WHERE tenant_id = %s AND pledge_id = %s AND person_id = %s",
        [pledge.tenant_id, pledge.id, person_id],
    ).fetchone()
    return bool(row[0]) if row else None


def list_unanswered(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Named]:
    """Give the open pledges, once handed in, that name somebody who has not said whether that is right."""
    with conn.cursor(row_factory=record(Named)) as cursor:
        return cursor.execute(
            """
            SELECT p.id AS pledge_id, coalesce(h.name, '') AS name, v.headline
            FROM pledge_companion c
            JOIN pledge p ON p.tenant_id = c.tenant_id AND p.id = c.pledge_id
            JOIN pledge_version v ON v.tenant_id = c.tenant_id AND v.pledge_id = c.pledge_id AND v.number = c.version
            LEFT JOIN person h ON h.tenant_id = p.tenant_id AND h.id = p.person_id
            WHERE c.tenant_id = %s AND c.person_id = %s AND c.counts AND p.state = 'open' AND p.submitted_at IS NOT NULL
              AND NOT EXISTS (
                  SELECT FROM pledge_answer w
                  WHERE w.tenant_id = c.tenant_id AND w.pledge_id = c.pledge_id AND w.person_id = c.person_id)
            ORDER BY p.submitted_at, p.id
            """,
            [tenant_id, person_id],
        ).fetchall()
