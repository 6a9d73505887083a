"""SQL on positions that only roster needs."""

from datetime import date
from uuid import UUID

from services.roster.position.domain import Holder
from shared.db import Connection, record
from shared.directory.domain import Position, Role
from shared.errors import NotFound

POSITION = "SELECT tenant_id, id, version, person_id, organization_id, role, starts_on, ends_on FROM position "
HOLDER = """
    SELECT h.id, h.person_id, p.name, p.number, h.role, h.starts_on, h.ends_on
    FROM position h JOIN person p ON p.tenant_id = h.tenant_id AND p.id = h.person_id
"""


class PositionNotFound(NotFound):
    """没有这项任职。"""


def get(conn: Connection, tenant_id: UUID, position_id: UUID) -> Position:
    """Give a position and lock it. Raises `PositionNotFound`."""
    with conn.cursor(row_factory=record(Position)) as cursor:
        row = cursor.execute(
            POSITION + "WHERE tenant_id = %s AND id = %s FOR UPDATE", [tenant_id, position_id]
        ).fetchone()
    if row is None:
        raise PositionNotFound
    return row


def list_open_of_person(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Position]:
    """Give the positions of a person that have no last day, and lock them."""
    with conn.cursor(row_factory=record(Position)) as cursor:
        return cursor.execute(
            POSITION + "WHERE tenant_id = %s AND person_id = %s AND ends_on IS NULL FOR UPDATE", [tenant_id, person_id]
        ).fetchall()


def list_open_in(conn: Connection, tenant_id: UUID, organization_id: UUID) -> list[Position]:
    """Give the positions in an organisation that have no last day, and lock them."""
    with conn.cursor(row_factory=record(Position)) as cursor:
        return cursor.execute(
            POSITION + "WHERE tenant_id = %s AND organization_id = %s AND ends_on IS NULL FOR UPDATE",
            [tenant_id, organization_id],
        ).fetchall()


def list_lasting(conn: Connection, tenant_id: UUID, day: date) -> list[Position]:
    """Give every position of the university that has not ended on a day, and lock them."""
    with conn.cursor(row_factory=record(Position)) as cursor:
        return cursor.execute(
            POSITION + "WHERE tenant_id = %s AND (ends_on IS NULL OR ends_on >= %s) ORDER BY id FOR UPDATE",
            [tenant_id, day],
        ).fetchall()


def list_of_person(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[tuple[Position, str]]:
    """Give all positions that a person ever held, the newest first, each with the organisation's name."""
    with conn.cursor(row_factory=record(Position)) as cursor:
        held = cursor.execute(
            POSITION + "WHERE tenant_id = %s AND person_id = %s ORDER BY starts_on DESC, id", [tenant_id, person_id]
        ).fetchall()
    names: dict[UUID, str] = dict(
        conn.execute(
            "SELECT id, name FROM organization WHERE tenant_id = %s AND id = ANY(%s)",
            [tenant_id, [each.organization_id for each in held]],
        ).fetchall()
    )
    return [(each, names[each.organization_id]) for each in held]


def list_holders(conn: Connection, tenant_id: UUID, organization_id: UUID, day: date) -> list[Holder]:
    """Give who holds which position in an organisation on a day or later."""
    with conn.cursor(row_factory=record(Holder)) as cursor:
        return cursor.execute(
            HOLDER
            + """
            WHERE h.tenant_id = %s AND h.organization_id = %s AND (h.ends_on IS NULL OR h.ends_on >= %s)
            ORDER BY p.stroke_key, p.number
            """,
            [tenant_id, organization_id, day],
        ).fetchall()


def count_administrators(conn: Connection, tenant_id: UUID) -> int:
    """Give how many administrators the university has, locking their positions against one another's end."""
    rows = conn.execute(
        "SELECT id FROM position WHERE tenant_id = %s AND role = %s AND ends_on IS NULL ORDER BY id FOR UPDATE",
        [tenant_id, Role.ADMINISTRATOR],
    ).fetchall()
    return len(rows)
