"""Every SQL statement on awards and their steps."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from psycopg import sql

from services.evaluation.award.domain import ORDER, Award, AwardState, Step
from shared.db import Connection, record
from shared.errors import NotFound


class AwardNotFound(NotFound):
    """没有这项荣誉。"""


AWARD = """
    SELECT tenant_id, id, election_id, meeting_id, organization_id, filing_organization_id, person_id, period, name,
           stroke_key, identity, ordinary, deed, state, elected_at, withheld_reasons, filing_id, filing_number,
           acknowledged_on, notice_id, notice_starts_on, notice_ends_on, published_on, stop_cause, revoked_on
    FROM award
"""


def get(conn: Connection, tenant_id: UUID, award_id: UUID) -> Award:
    """Give an award and lock it for a change. Raises `AwardNotFound`."""
    return _one(conn, tenant_id, award_id, "FOR UPDATE")


def read(conn: Connection, tenant_id: UUID, award_id: UUID) -> Award:
    """Give an award to be shown. Raises `AwardNotFound`."""
    return _one(conn, tenant_id, award_id, "")


def _one(conn: Connection, tenant_id: UUID, award_id: UUID, lock: str) -> Award:
    found = _list(conn, f"tenant_id = %s AND id = %s {lock}", [tenant_id, award_id])
    if not found:
        raise AwardNotFound
    return found[0]


def list_unsettled(conn: Connection, tenant_id: UUID, organization_ids: list[UUID]) -> list[Award]:
    """Give the awards of several branches that wait for a decision or were withheld, the oldest first."""
    states = [AwardState.ELECTED, AwardState.WITHHELD]
    condition = "tenant_id = %s AND organization_id = ANY(%s) AND state = ANY(%s) ORDER BY elected_at, id"
    return _list(conn, condition, [tenant_id, organization_ids, states])


def list_of_elections(conn: Connection, tenant_id: UUID, election_ids: list[UUID]) -> list[Award]:
    """Give the awards of several elections, in 姓氏笔画 order."""
    return _list(conn, "tenant_id = %s AND election_id = ANY(%s) ORDER BY stroke_key, id", [tenant_id, election_ids])


def list_of_organizations(conn: Connection, tenant_id: UUID, organization_ids: list[UUID], period: str) -> list[Award]:
    """Give the awards of several branches in a quarter (2013Q1) or a year (2013), in 姓氏笔画 order."""
    return _list(
        conn,
        "tenant_id = %s AND organization_id = ANY(%s) AND period LIKE %s ORDER BY period, stroke_key, id",
        [tenant_id, organization_ids, f"{period}%"],
    )


def list_of_people(conn: Connection, tenant_id: UUID, person_ids: list[UUID]) -> list[Award]:
    """Give the awards of several people, the oldest first."""
    return _list(
        conn, "tenant_id = %s AND person_id = ANY(%s) ORDER BY person_id, period, elected_at", [tenant_id, person_ids]
    )


def _list(conn: Connection, condition: str, values: list[Any]) -> list[Award]:
    with conn.cursor(row_factory=record(Award)) as cursor:
        return cursor.execute(f"{AWARD} WHERE {condition}".encode(), values).fetchall()


def enter(conn: Connection, awards: Sequence[Award]) -> None:
    """Enter winners in the ledger; the same winner of the same count once."""
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO award
                (tenant_id, id, election_id, meeting_id, organization_id, filing_organization_id, person_id, period,
                 name, stroke_key, identity, ordinary, deed, state, elected_at, withheld_reasons, stop_cause)
            VALUES (%(tenant_id)s, %(id)s, %(election_id)s, %(meeting_id)s, %(organization_id)s,
                    %(filing_organization_id)s, %(person_id)s, %(period)s, %(name)s, %(stroke_key)s, %(identity)s,
                    %(ordinary)s, %(deed)s, %(state)s, %(elected_at)s, %(withheld_reasons)s, %(stop_cause)s)
            ON CONFLICT DO NOTHING
            """,
            [asdict(award) for award in awards],
        )


def verify(conn: Connection, award: Award) -> None:
    """Keep what a verification by people came to; unlike `advance` it may lift what was withheld."""
    conn.execute(
        "UPDATE award SET state = %s, withheld_reasons = %s, identity = %s WHERE tenant_id = %s AND id = %s",
        [award.state, award.withheld_reasons, award.identity, award.tenant_id, award.id],
    )


def correct(conn: Connection, tenant_id: UUID, revision: int, line: Mapping[str, Any]) -> None:
    """Keep how a line of a filing reads since a revision, unless a later one has been heard."""
    conn.execute(
        """
        UPDATE award SET name = %(name)s, identity = %(identity)s, stroke_key = %(stroke_key)s,
               corrected_by = %(revision)s
        WHERE tenant_id = %(tenant_id)s AND id = %(award_id)s AND corrected_by < %(revision)s
        """,
        {**line, "tenant_id": tenant_id, "revision": revision},
    )


def advance(
    conn: Connection, tenant_id: UUID, award_ids: Sequence[UUID], state: AwardState, facts: Mapping[str, Any]
) -> list[UUID]:
    """Move awards forward to a state and keep the facts of the step; a later state stays. Gives which exist.

    The rows are locked in the order of their ids, so that two events cannot wait for each other.
    """
    statement = sql.SQL(
        """
        WITH held AS (
            SELECT tenant_id, id FROM award WHERE tenant_id = %(tenant_id)s AND id = ANY(%(ids)s) ORDER BY id FOR UPDATE
        )
        UPDATE award SET {} FROM held WHERE award.tenant_id = held.tenant_id AND award.id = held.id RETURNING award.id
        """
    ).format(_changes(facts))
    values = {
        **facts,
        "tenant_id": tenant_id,
        "ids": list(award_ids),
        "state": str(state),
        "order": list(map(str, ORDER)),
    }
    return [row[0] for row in conn.execute(statement, values).fetchall()]


def _changes(facts: Mapping[str, Any]) -> sql.Composed:
    """Write what an update sets: the facts, and the state where it is later than the one that is kept."""
    forward = sql.SQL(
        "state = CASE WHEN array_position(%(order)s, state) < array_position(%(order)s, %(state)s)"
        " THEN %(state)s ELSE state END"
    )
    named = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in facts]
    return sql.SQL(", ").join([*named, forward])


def add_steps(conn: Connection, tenant_id: UUID, steps: Sequence[Step]) -> None:
    """Keep what happened to awards; the same event once."""
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO award_step (tenant_id, award_id, step, event_id, at, by_id, document, note)
            VALUES (%(tenant_id)s, %(award_id)s, %(step)s, %(event_id)s, %(at)s, %(by_id)s, %(document)s, %(note)s)
            ON CONFLICT DO NOTHING
            """,
            [{**asdict(step), "tenant_id": tenant_id} for step in steps],
        )


def list_steps(conn: Connection, tenant_id: UUID, award_ids: list[UUID]) -> list[Step]:
    """Give what happened to several awards, in the order of time."""
    with conn.cursor(row_factory=record(Step)) as cursor:
        return cursor.execute(
            "SELECT award_id, step, event_id, at, by_id, document, note FROM award_step "
            "WHERE tenant_id = %s AND award_id = ANY(%s) ORDER BY at, step",
            [tenant_id, award_ids],
        ).fetchall()
