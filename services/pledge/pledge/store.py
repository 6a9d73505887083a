"""Every SQL statement on pledges, their authors, versions and items."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from services.pledge.author import store as together
from services.pledge.pledge.domain import Author, Consultation, Item, Pledge, Version, VersionState
from shared.db import Connection, record
from shared.errors import NotFound


class PledgeNotFound(NotFound):
    """没有这份承诺。"""


_APART = {"items", "authors", "consultation"}
PLEDGE = """
    SELECT p.tenant_id, p.id, p.organization_id, p.form, p.kind, p.year, p.trigger, p.trigger_text, p.person_id,
           p.community, p.oral, p.recorded_by, p.recorded_on, p.recorded_place, p.witness, p.state, p.scheme_id,
           p.scheme_version, p.version, p.published_version, p.entered_by, p.entry_reason, p.made_at, p.submitted_at,
           p.late, p.closed_at
    FROM pledge p
"""


def get(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> Pledge:
    """Give a pledge and lock it for a change. Raises `PledgeNotFound`."""
    return _one(conn, PLEDGE + "WHERE p.tenant_id = %s AND p.id = %s FOR UPDATE", tenant_id, pledge_id)


def read(conn: Connection, tenant_id: UUID, pledge_id: UUID) -> Pledge:
    """Give a pledge to be looked at. Raises `PledgeNotFound`."""
    return _one(conn, PLEDGE + "WHERE p.tenant_id = %s AND p.id = %s", tenant_id, pledge_id)


def _one(conn: Connection, statement: str, tenant_id: UUID, pledge_id: UUID) -> Pledge:
    with conn.cursor(row_factory=record(Pledge)) as cursor:
        row = cursor.execute(statement, [tenant_id, pledge_id]).fetchone()
    if row is None:
        raise PledgeNotFound
    return row


def add(conn: Connection, pledge: Pledge) -> bool:
    """Enter a pledge; say whether it is new (one annual pledge of a kind a year)."""
    return bool(
        conn.execute(
            """
        INSERT INTO pledge
            (tenant_id, id, organization_id, form, kind, year, trigger, trigger_text, person_id, community, oral,
             recorded_by, recorded_on, recorded_place, witness, state, scheme_id, scheme_version, version,
             published_version, entered_by, entry_reason, made_at, submitted_at, late, closed_at)
        VALUES (%(tenant_id)s, %(id)s, %(organization_id)s, %(form)s, %(kind)s, %(year)s, %(trigger)s,
                %(trigger_text)s, %(person_id)s, %(community)s, %(oral)s, %(recorded_by)s, %(recorded_on)s,
                %(recorded_place)s, %(witness)s, %(state)s, %(scheme_id)s, %(scheme_version)s, %(version)s,
                %(published_version)s, %(entered_by)s, %(entry_reason)s, %(made_at)s, %(submitted_at)s, %(late)s,
                %(closed_at)s)
        ON CONFLICT DO NOTHING
        """,
            asdict(pledge),
        ).rowcount
    )


def save(conn: Connection, pledge: Pledge) -> None:
    """Keep what became of a pledge."""
    conn.execute(
        """
        UPDATE pledge
        SET state = %(state)s, version = %(version)s, published_version = %(published_version)s, oral = %(oral)s,
            recorded_by = %(recorded_by)s, recorded_on = %(recorded_on)s, recorded_place = %(recorded_place)s,
            witness = %(witness)s, trigger_text = %(trigger_text)s, submitted_at = %(submitted_at)s, late = %(late)s,
            closed_at = %(closed_at)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        asdict(pledge),
    )


def save_version(conn: Connection, pledge: Pledge, version: Version) -> None:
    """Enter a version, or keep what became of it; items and authors are written anew only while it is a draft."""
    facts: dict[str, Any] = {
        "tenant_id": pledge.tenant_id,
        "pledge_id": pledge.id,
        **{name: value for name, value in asdict(version).items() if name not in _APART},
        "consultation": Jsonb(asdict(version.consultation)) if version.consultation else None,
    }
    conn.execute(
        """
        INSERT INTO pledge_version
            (tenant_id, pledge_id, number, state, headline, ability, duty, goals, consultation, reason, made_by,
             made_at, submitted_at, published_at)
        VALUES (%(tenant_id)s, %(pledge_id)s, %(number)s, %(state)s, %(headline)s, %(ability)s, %(duty)s, %(goals)s,
                %(consultation)s, %(reason)s, %(made_by)s, %(made_at)s, %(submitted_at)s, %(published_at)s)
        ON CONFLICT (tenant_id, pledge_id, number) DO UPDATE SET
            state = EXCLUDED.state, headline = EXCLUDED.headline, ability = EXCLUDED.ability, duty = EXCLUDED.duty,
            goals = EXCLUDED.goals, consultation = EXCLUDED.consultation, reason = EXCLUDED.reason,
            submitted_at = EXCLUDED.submitted_at, published_at = EXCLUDED.published_at
        """,
        facts,
    )
    if version.state is VersionState.DRAFT:
        _save_items(conn, pledge, version)
        together.save(conn, pledge, version.number, version.authors)


def _save_items(conn: Connection, pledge: Pledge, version: Version) -> None:
    conn.execute(
        "DELETE FROM pledge_item WHERE tenant_id = %s AND pledge_id = %s AND version = %s",
        [pledge.tenant_id, pledge.id, version.number],
    )
    with conn.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO pledge_item
                (tenant_id, pledge_id, version, item_id, position, content, measure, due_on, responsible,
                 beneficiaries, aspect, origin, tags, linked_item_id)
            VALUES (%(tenant_id)s, %(pledge_id)s, %(version)s, %(item_id)s, %(position)s, %(content)s, %(measure)s,
                    %(due_on)s, %(responsible)s, %(beneficiaries)s, %(aspect)s, %(origin)s, %(tags)s,
                    %(linked_item_id)s)
            """,
            [
                {
                    "tenant_id": pledge.tenant_id,
                    "pledge_id": pledge.id,
                    "version": version.number,
                    "position": place,
                    **asdict(item),
                }
                for place, item in enumerate(version.items, 1)
            ],
        )


def set_state(conn: Connection, pledge: Pledge, number: int, state: VersionState) -> None:
    """Keep the state of a version alone."""
    conn.execute(
        "UPDATE pledge_version SET state = %s WHERE tenant_id = %s AND pledge_id = %s AND number = %s",
        [state, pledge.tenant_id, pledge.id, number],
    )


def get_version(conn: Connection, pledge: Pledge, number: int) -> Version:
    """Give one version with its items; the caller holds the pledge if it is to be changed."""
    return list_versions(conn, pledge, [number])[0]


def last_number(conn: Connection, pledge: Pledge) -> int:
    """Give the highest number of the versions of a pledge, also of one that was taken back."""
    row = conn.execute(
        "SELECT max(number) FROM pledge_version WHERE tenant_id = %s AND pledge_id = %s", [pledge.tenant_id, pledge.id]
    ).fetchone()
    return int(row[0]) if row and row[0] else 0


def list_versions(conn: Connection, pledge: Pledge, numbers: Sequence[int] | None = None) -> list[Version]:
    """Give the versions of a pledge (those with the numbers named), the newest first, with their items."""
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            """
            SELECT number, state, headline, ability, duty, goals, consultation, reason, made_by, made_at, submitted_at,
                   published_at
            FROM pledge_version
            WHERE tenant_id = %s AND pledge_id = %s AND (%s::int[] IS NULL OR number = ANY(%s))
            ORDER BY number DESC
            """,
            [pledge.tenant_id, pledge.id, numbers, numbers],
        ).fetchall()
    items, authors = _items_of(conn, pledge), together.by_version(conn, pledge)
    return [_version(row, items.get(row["number"], []), authors.get(row["number"], [])) for row in rows]


def _version(row: dict[str, Any], items: list[Item], authors: list[Author]) -> Version:
    consultation = Consultation(**row["consultation"]) if row["consultation"] else None
    made = Version(**{**row, "state": VersionState(row["state"]), "consultation": consultation})
    return replace(made, items=items, authors=authors)


def _items_of(conn: Connection, pledge: Pledge) -> dict[int, list[Item]]:
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            """
            SELECT version, item_id, content, measure, due_on, responsible, beneficiaries, aspect, origin, tags,
                   linked_item_id
            FROM pledge_item WHERE tenant_id = %s AND pledge_id = %s ORDER BY version, position
            """,
            [pledge.tenant_id, pledge.id],
        ).fetchall()
    found: dict[int, list[Item]] = {}
    for row in rows:
        found.setdefault(row.pop("version"), []).append(Item(**row))
    return found


def list_of_person(conn: Connection, tenant_id: UUID, person_id: UUID, year: int | None = None) -> list[Pledge]:
    """Give the pledges for which a person answers or that the person makes with others, the newest year first."""
    with conn.cursor(row_factory=record(Pledge)) as cursor:
        return cursor.execute(
            PLEDGE  # noqa: S608 — constants
            + """
            WHERE p.tenant_id = %(tenant_id)s AND (%(year)s::int IS NULL OR p.year = %(year)s)
              AND (p.person_id = %(person_id)s OR p.id IN (
                SELECT a.pledge_id FROM pledge_companion a
                WHERE a.tenant_id = %(tenant_id)s AND a.person_id = %(person_id)s
                  AND (a.counts OR a.version = p.version)))
            ORDER BY p.year DESC, p.kind, p.made_at, p.id
            """,
            {"tenant_id": tenant_id, "person_id": person_id, "year": year},
        ).fetchall()


def list_of_organization(conn: Connection, tenant_id: UUID, organization_id: UUID, year: int) -> list[Pledge]:
    """Give the pledges that are made in an organisation for a year, its own first."""
    with conn.cursor(row_factory=record(Pledge)) as cursor:
        return cursor.execute(
            PLEDGE
            + """
            WHERE p.tenant_id = %s AND p.organization_id = %s AND p.year = %s
            ORDER BY p.form <> 'organization', p.made_at, p.id
            """,
            [tenant_id, organization_id, year],
        ).fetchall()


def list_headlines(conn: Connection, tenant_id: UUID, organization_id: UUID, year: int) -> dict[UUID, str]:
    """Give the newest text of every pledge of an organisation that was handed in, to be compared."""
    rows = conn.execute(
        """
        SELECT p.id, v.headline || coalesce(string_agg(i.content, '' ORDER BY i.position), '')
        FROM pledge p
        JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id AND v.number = p.version
        LEFT JOIN pledge_item i ON i.tenant_id = v.tenant_id AND i.pledge_id = v.pledge_id AND i.version = v.number
        WHERE p.tenant_id = %s AND p.organization_id = %s AND p.year = %s AND p.submitted_at IS NOT NULL
        GROUP BY p.id, v.headline
        """,
        [tenant_id, organization_id, year],
    ).fetchall()
    return {row[0]: row[1] for row in rows}
