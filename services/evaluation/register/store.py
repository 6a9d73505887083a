"""Every SQL statement on deeds and on quarters without an entry."""

from dataclasses import asdict
from uuid import UUID

from services.evaluation.register.domain import Deed, DeedState, NoEntry
from shared.db import Connection, record
from shared.errors import NotFound


class DeedNotFound(NotFound):
    """没有这条登记。"""


DEED = """
    SELECT tenant_id, id, person_id, organization_id, period, aspects, type, field, text, happened_on, place, witness,
           pledge_id, declared, state, addition_of, addition_reason, entered_by, entered_at, entry_reason,
           confirmed_by, confirmed_at, pledge_item_id, pledge_version
    FROM deed
"""


def get(conn: Connection, tenant_id: UUID, deed_id: UUID) -> Deed:
    """Give a deed and lock it for a change. Raises `DeedNotFound`."""
    with conn.cursor(row_factory=record(Deed)) as cursor:
        row = cursor.execute(DEED + "WHERE tenant_id = %s AND id = %s FOR UPDATE", [tenant_id, deed_id]).fetchone()
    if row is None:
        raise DeedNotFound
    return row


def list_deeds(conn: Connection, tenant_id: UUID, person_ids: list[UUID], period: str) -> list[Deed]:
    """Give the deeds of several people in a quarter, in the order of their entry."""
    with conn.cursor(row_factory=record(Deed)) as cursor:
        return cursor.execute(
            DEED + "WHERE tenant_id = %s AND person_id = ANY(%s) AND period = %s ORDER BY entered_at, id",
            [tenant_id, person_ids, period],
        ).fetchall()


def list_history(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Deed]:
    """Give all deeds of one person, the newest quarter first."""
    with conn.cursor(row_factory=record(Deed)) as cursor:
        return cursor.execute(
            DEED + "WHERE tenant_id = %s AND person_id = %s ORDER BY period DESC, entered_at, id",
            [tenant_id, person_id],
        ).fetchall()


def list_last_periods(conn: Connection, tenant_id: UUID, person_ids: list[UUID]) -> dict[UUID, str]:
    """Give the newest quarter in which each person has an entry; who has none is left out."""
    rows = conn.execute(
        "SELECT person_id, max(period) FROM deed WHERE tenant_id = %s AND person_id = ANY(%s) GROUP BY person_id",
        [tenant_id, person_ids],
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def save(conn: Connection, deed: Deed) -> None:
    """Enter a deed, or keep what became of it."""
    conn.execute(
        """
        INSERT INTO deed
            (tenant_id, id, person_id, organization_id, period, aspects, type, field, text, happened_on, place, witness,
             pledge_id, declared, state, addition_of, addition_reason, entered_by, entered_at, entry_reason,
             confirmed_by, confirmed_at, pledge_item_id, pledge_version)
        VALUES (%(tenant_id)s, %(id)s, %(person_id)s, %(organization_id)s, %(period)s, %(aspects)s, %(type)s, %(field)s,
                %(text)s, %(happened_on)s, %(place)s, %(witness)s, %(pledge_id)s, %(declared)s, %(state)s,
                %(addition_of)s, %(addition_reason)s, %(entered_by)s, %(entered_at)s, %(entry_reason)s,
                %(confirmed_by)s, %(confirmed_at)s, %(pledge_item_id)s, %(pledge_version)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            aspects = EXCLUDED.aspects, type = EXCLUDED.type, field = EXCLUDED.field, text = EXCLUDED.text,
            happened_on = EXCLUDED.happened_on, place = EXCLUDED.place, witness = EXCLUDED.witness,
            pledge_id = EXCLUDED.pledge_id, pledge_item_id = EXCLUDED.pledge_item_id,
            pledge_version = EXCLUDED.pledge_version, state = EXCLUDED.state, entered_by = EXCLUDED.entered_by,
            entry_reason = EXCLUDED.entry_reason, confirmed_by = EXCLUDED.confirmed_by,
            confirmed_at = EXCLUDED.confirmed_at
        """,
        asdict(deed),
    )


def mark_presented(conn: Connection, tenant_id: UUID, person_id: UUID, period: str) -> None:
    """Lock what a member presented."""
    conn.execute(
        "UPDATE deed SET state = %s WHERE tenant_id = %s AND person_id = %s AND period = %s AND state = %s",
        [DeedState.PRESENTED, tenant_id, person_id, period, DeedState.ENTERED],
    )


def remove(conn: Connection, tenant_id: UUID, deed_id: UUID) -> None:
    """Take back an entry that was never presented."""
    conn.execute(
        "DELETE FROM deed WHERE tenant_id = %s AND id = %s AND state = %s", [tenant_id, deed_id, DeedState.ENTERED]
    )


def list_no_entry_reasons(conn: Connection, tenant_id: UUID, person_ids: list[UUID], period: str) -> list[NoEntry]:
    """Give the noted reasons of those without an entry in a quarter."""
    with conn.cursor(row_factory=record(NoEntry)) as cursor:
        return cursor.execute(
            """
            SELECT tenant_id, person_id, period, objective, reason, noted_by, noted_at
            FROM no_entry WHERE tenant_id = %s AND person_id = ANY(%s) AND period = %s
            """,
            [tenant_id, person_ids, period],
        ).fetchall()


def save_no_entry(conn: Connection, noted: NoEntry) -> None:
    """Keep the reason; a later one takes its place."""
    conn.execute(
        """
        INSERT INTO no_entry (tenant_id, person_id, period, objective, reason, noted_by, noted_at)
        VALUES (%(tenant_id)s, %(person_id)s, %(period)s, %(objective)s, %(reason)s, %(noted_by)s, %(noted_at)s)
        ON CONFLICT (tenant_id, person_id, period) DO UPDATE SET
            objective = EXCLUDED.objective, reason = EXCLUDED.reason, noted_by = EXCLUDED.noted_by,
            noted_at = EXCLUDED.noted_at
        """,
        asdict(noted),
    )
