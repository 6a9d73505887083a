"""Every SQL statement on difficulties and their answers."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from services.pledge.difficulty.domain import Answer, Difficulty
from services.pledge.turning import Page, turned, window
from shared.db import Connection, record
from shared.errors import NotFound


class DifficultyNotFound(NotFound):
    """没有这条困难记录。"""


DIFFICULTY = """
    SELECT tenant_id, id, pledge_id, item_id, organization_id, person_id, sealed, state, reported_by, reported_at,
           entry_reason
    FROM difficulty
"""


def add(conn: Connection, difficulty: Difficulty) -> None:
    """Keep a difficulty."""
    conn.execute(
        """
        INSERT INTO difficulty
            (tenant_id, id, pledge_id, item_id, organization_id, person_id, sealed, state, reported_by, reported_at,
             entry_reason)
        VALUES (%(tenant_id)s, %(id)s, %(pledge_id)s, %(item_id)s, %(organization_id)s, %(person_id)s, %(sealed)s,
                %(state)s, %(reported_by)s, %(reported_at)s, %(entry_reason)s)
        """,
        asdict(difficulty),
    )


def get(conn: Connection, tenant_id: UUID, difficulty_id: UUID) -> Difficulty:
    """Give a difficulty and lock it for a change. Raises `DifficultyNotFound`."""
    return _one(conn, DIFFICULTY + "WHERE tenant_id = %s AND id = %s FOR UPDATE", tenant_id, difficulty_id)


def read(conn: Connection, tenant_id: UUID, difficulty_id: UUID) -> Difficulty:
    """Give a difficulty to be looked at. Raises `DifficultyNotFound`."""
    return _one(conn, DIFFICULTY + "WHERE tenant_id = %s AND id = %s", tenant_id, difficulty_id)


def _one(conn: Connection, statement: str, tenant_id: UUID, difficulty_id: UUID) -> Difficulty:
    with conn.cursor(row_factory=record(Difficulty)) as cursor:
        row = cursor.execute(statement, [tenant_id, difficulty_id]).fetchone()
    if row is None:
        raise DifficultyNotFound
    return row


def add_answer(conn: Connection, difficulty: Difficulty, answer: Answer) -> None:
    """Keep an answer and what became of the difficulty by it."""
    conn.execute(
        """
        INSERT INTO difficulty_answer
            (tenant_id, difficulty_id, position, sealed, outcome, answered_by, answered_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s)
        """,
        [
            difficulty.tenant_id, difficulty.id, answer.position, answer.sealed, answer.outcome, answer.answered_by,
            answer.answered_at,
        ],
    )  # fmt: skip
    conn.execute(
        "UPDATE difficulty SET state = %s WHERE tenant_id = %s AND id = %s",
        [difficulty.state, difficulty.tenant_id, difficulty.id],
    )


def list_answers(conn: Connection, difficulty: Difficulty) -> list[Answer]:
    """Give the answers in order."""
    with conn.cursor(row_factory=record(Answer)) as cursor:
        return cursor.execute(
            """
            SELECT position, sealed, outcome, answered_by, answered_at FROM difficulty_answer
            WHERE tenant_id = %s AND difficulty_id = %s ORDER BY position
            """,
            [difficulty.tenant_id, difficulty.id],
        ).fetchall()


def list_of_pledge(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> list[Difficulty]:
    """Give the difficulties with a pledge, the newest first."""
    with conn.cursor(row_factory=record(Difficulty)) as cursor:
        return cursor.execute(
            DIFFICULTY + "WHERE tenant_id = %s AND pledge_id = %s ORDER BY reported_at DESC, id", [tenant_id, pledge_id]
        ).fetchall()


def list_of_organizations(
    conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID], number: int
) -> Page[Difficulty]:
    """Give a page of the difficulties of organisations, the unsolved first, the oldest of them before."""
    with conn.cursor(row_factory=record(Difficulty)) as cursor:
        found = cursor.execute(
            DIFFICULTY
            + """
            WHERE tenant_id = %s AND organization_id = ANY(%s)
            ORDER BY state = 'solved', reported_at, id LIMIT %s OFFSET %s
            """,
            [tenant_id, list(organization_ids), *window(number)],
        ).fetchall()
    return turned(found, number)


def list_unsolved(
    conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID], *, but: UUID
) -> list[Difficulty]:  # fmt: skip
    """Give all difficulties of organisations that are not solved: none may be overlooked.

    None of those with what a person makes, alone or with others: somebody else answers them.
    """
    with conn.cursor(row_factory=record(Difficulty)) as cursor:
        return cursor.execute(
            DIFFICULTY  # noqa: S608 — constants
            + """
            WHERE tenant_id = %(tenant_id)s AND organization_id = ANY(%(organization_ids)s) AND state <> 'solved'
              AND person_id IS DISTINCT FROM %(but)s AND pledge_id <> ALL(ARRAY(
                SELECT p.id FROM pledge p WHERE p.tenant_id = %(tenant_id)s AND p.person_id = %(but)s
                UNION
                SELECT c.pledge_id FROM pledge_companion c
                WHERE c.tenant_id = %(tenant_id)s AND c.person_id = %(but)s AND c.counts))
            """,
            {"tenant_id": tenant_id, "organization_ids": list(organization_ids), "but": but},
        ).fetchall()
