"""Every SQL statement on inspections and observations."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from services.pledge.inspection.domain import Inspection, Observation
from services.pledge.turning import Page, turned, window
from shared.db import Connection, record
from shared.errors import NotFound


class InspectionNotFound(NotFound):
    """没有这次检查的记录。"""


class ObservationNotFound(NotFound):
    """没有这条检查发现的情况。"""


INSPECTION = """
    SELECT tenant_id, id, organization_id, kind, year, title, held_on, seed, listed, drawn, made_by, made_at
    FROM inspection
"""
OBSERVATION = """
    SELECT b.tenant_id, b.id, b.inspection_id, b.pledge_id, b.text, b.follow_up, b.follow_up_on, b.result, b.done_on,
           b.entered_by, b.entered_at
    FROM observation b
"""


def add(conn: Connection, inspection: Inspection) -> None:
    """Keep an inspection."""
    conn.execute(
        """
        INSERT INTO inspection
            (tenant_id, id, organization_id, kind, year, title, held_on, seed, listed, drawn, made_by, made_at)
        VALUES (%(tenant_id)s, %(id)s, %(organization_id)s, %(kind)s, %(year)s, %(title)s, %(held_on)s, %(seed)s,
                %(listed)s, %(drawn)s, %(made_by)s, %(made_at)s)
        """,
        asdict(inspection),
    )


def read(conn: Connection, tenant_id: UUID, inspection_id: UUID) -> Inspection:
    """Give an inspection. Raises `InspectionNotFound`."""
    with conn.cursor(row_factory=record(Inspection)) as cursor:
        row = cursor.execute(INSPECTION + "WHERE tenant_id = %s AND id = %s", [tenant_id, inspection_id]).fetchone()
    if row is None:
        raise InspectionNotFound
    return row


def list_of(
    conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID], concerned: Sequence[UUID], number: int
) -> Page[Inspection]:
    """Give a page of the inspections of some organisations, and those that found something in others, newest first."""
    limit, offset = window(number)
    with conn.cursor(row_factory=record(Inspection)) as cursor:
        found = cursor.execute(
            INSPECTION
            + """
            WHERE tenant_id = %(tenant_id)s AND (organization_id = ANY(%(own)s) OR EXISTS (
                SELECT FROM observation b JOIN pledge p ON p.tenant_id = b.tenant_id AND p.id = b.pledge_id
                WHERE b.tenant_id = inspection.tenant_id AND b.inspection_id = inspection.id
                  AND p.organization_id = ANY(%(concerned)s)))
            ORDER BY held_on DESC, made_at DESC, id LIMIT %(limit)s OFFSET %(offset)s
            """,
            {
                "tenant_id": tenant_id,
                "own": list(organization_ids),
                "concerned": list(concerned),
                "limit": limit,
                "offset": offset,
            },
        ).fetchall()
    return turned(found, number)


def save_observation(conn: Connection, observation: Observation) -> None:
    """Enter an observation, or keep what followed."""
    conn.execute(
        """
        INSERT INTO observation
            (tenant_id, id, inspection_id, pledge_id, text, follow_up, follow_up_on, result, done_on, entered_by,
             entered_at)
        VALUES (%(tenant_id)s, %(id)s, %(inspection_id)s, %(pledge_id)s, %(text)s, %(follow_up)s, %(follow_up_on)s,
                %(result)s, %(done_on)s, %(entered_by)s, %(entered_at)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET result = EXCLUDED.result, done_on = EXCLUDED.done_on
        """,
        asdict(observation),
    )


def get_observation(conn: Connection, tenant_id: UUID, observation_id: UUID) -> Observation:
    """Give an observation and lock it for a change. Raises `ObservationNotFound`."""
    with conn.cursor(row_factory=record(Observation)) as cursor:
        row = cursor.execute(
            OBSERVATION + "WHERE b.tenant_id = %s AND b.id = %s FOR UPDATE", [tenant_id, observation_id]
        ).fetchone()
    if row is None:
        raise ObservationNotFound
    return row


def list_observations(conn: Connection, inspection: Inspection) -> list[Observation]:
    """Give what an inspection found, in order."""
    with conn.cursor(row_factory=record(Observation)) as cursor:
        return cursor.execute(
            OBSERVATION + "WHERE b.tenant_id = %s AND b.inspection_id = %s ORDER BY b.entered_at, b.id",
            [inspection.tenant_id, inspection.id],
        ).fetchall()


def list_open(conn: Connection, tenant_id: UUID, organization_ids: Sequence[UUID]) -> list[Observation]:
    """Give what is still to be put right with the pledges of organisations, the most urgent first."""
    with conn.cursor(row_factory=record(Observation)) as cursor:
        return cursor.execute(
            OBSERVATION
            + """
            JOIN pledge p ON p.tenant_id = b.tenant_id AND p.id = b.pledge_id
            WHERE b.tenant_id = %s AND p.organization_id = ANY(%s) AND b.follow_up <> '' AND b.done_on IS NULL
            ORDER BY b.follow_up_on NULLS LAST, b.entered_at, b.id
            """,
            [tenant_id, list(organization_ids)],
        ).fetchall()
