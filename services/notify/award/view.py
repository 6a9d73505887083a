"""An award as everybody may see it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.notify.award import store
from services.notify.award.domain import Award, State
from services.notify.award.rules import AwardNotFound
from shared.db import Connection
from shared.directory import store as directory


@dataclass(frozen=True)
class Shown:
    """A published award; of a revoked one only that it was."""

    award_id: UUID
    award: str
    state: State
    name: str
    organization_id: UUID
    organization: str
    university: str
    period: str
    deed: str
    published_on: date
    revoked_on: date | None


def public(conn: Connection, award_id: UUID) -> Shown:
    """Give an award that was published. Raises `AwardNotFound` for every other."""
    return shown(conn, store.find(conn, award_id))


def shown(conn: Connection, award: Award) -> Shown:
    """Give a published award; a revoked one without name and deed. Raises `AwardNotFound`."""
    if award.published_on is None or award.state not in (State.PUBLISHED, State.REVOKED):
        raise AwardNotFound
    gone = award.state is State.REVOKED
    return Shown(
        award_id=award.id,
        award=award.star_title,
        state=award.state,
        name="" if gone else award.name,
        organization_id=award.organization_id,
        organization=directory.get_organization(conn, award.tenant_id, award.organization_id).name,
        university=directory.get_top(conn, award.tenant_id).name,
        period=award.period,
        deed="" if gone else award.deed,
        published_on=award.published_on,
        revoked_on=award.ended_on if gone else None,
    )
