"""Who did what on a path: names with the office that each held on the day."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from shared import clock
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import HELD, ROLE_NAMES, Organization

Act = tuple[UUID | None, datetime | None]
"""who did something, and when"""


def named(conn: Connection, organization: Organization, acts: Iterable[Act]) -> dict[UUID, str]:
    """Give the names of those who did something about a branch: 王一鸣（党支部书记）; without an office the name."""
    when = {person_id: at for person_id, at in acts if person_id is not None}
    people = directory.list_named(conn, organization.tenant_id, list(when))
    return {one.id: f"{one.name}{_office(conn, organization, one.id, when[one.id])}" for one in people.values()}


def _office(conn: Connection, organization: Organization, person_id: UUID, at: datetime | None) -> str:
    day = clock.day_of(at or clock.now())
    held = {
        position.role
        for position, path in directory.list_positions(conn, organization.tenant_id, person_id, day)
        if organization.path.startswith(path)
    }
    role = next((role for role in HELD if role in held), None)
    return f"（{ROLE_NAMES[role]}）" if role else ""
