"""Who may take up a position, and when one may end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from services.roster.permissions import APPOINT, APPOINT_ABOVE, APPOINT_ADMINISTRATOR
from services.roster.position.domain import ALONE, BRANCH_ROLES, PLACES, Holder
from shared.auth import Permission
from shared.directory.domain import KIND_NAMES, ROLE_NAMES, Kind, Organization, Person, Position, Role, Standing
from shared.errors import RuleBroken

OF_ONESELF = "任职须由他人登记，不能任命自己。"


class NotAppointable(RuleBroken):
    """现在不能这样任职。"""


class AlreadyEnded(RuleBroken):
    """这项任职已经结束。"""


class EndsBeforeStart(RuleBroken):
    """免职日期不能早于任职日期。"""


class LastAdministrator(RuleBroken):
    """这是最后一位系统管理员，请先任命另一位。"""


def permission_for(role: Role) -> Permission:
    """Give what one needs to appoint somebody to a role: nobody gives away more than they have."""
    if role is Role.ADMINISTRATOR:
        return APPOINT_ADMINISTRATOR
    return APPOINT if role in BRANCH_ROLES else APPOINT_ABOVE


def appointed(
    person: Person,
    organization: Organization,
    role: Role,
    starts_on: date,
    holders: Sequence[Holder],
    *,
    by: UUID | None,
) -> Position:
    """Give the new position; `holders` are those in the organisation, `by` who appoints (nobody at a beginning).

    Raises `NotAppointable` with all obstacles.
    """
    if reasons := obstacles(person, organization, role, starts_on, holders, by=by):
        raise NotAppointable(details=reasons)
    return Position(
        tenant_id=person.tenant_id,
        id=uuid4(),
        version=1,
        person_id=person.id,
        organization_id=organization.id,
        role=role,
        starts_on=starts_on,
        ends_on=None,
    )


def obstacles(
    person: Person,
    organization: Organization,
    role: Role,
    starts_on: date,
    holders: Sequence[Holder],
    *,
    by: UUID | None,
) -> list[str]:
    """List why a person cannot take up a role; nobody gives one to themselves, an administrator neither."""
    found = [OF_ONESELF] if person.id == by else []
    found += _unfit(person, organization, role)
    name = ROLE_NAMES[role]
    current = [holder for holder in holders if holder.role is role and lasts(holder, starts_on)]
    if any(holder.person_id == person.id for holder in current):
        found.append(f"{person.name}已经担任{name}。")
    elif role in ALONE and current:
        found.append(f"{current[0].name}现任{name}，请先免职。")
    return found


def _unfit(person: Person, organization: Organization, role: Role) -> list[str]:
    found = []
    name = ROLE_NAMES[role]
    if not person.active:
        found.append(f"{person.name}已不在册。")
    if not organization.active:
        found.append(f"{organization.name}已经撤销。")
    if organization.kind not in PLACES[role]:
        kinds = "、".join(KIND_NAMES[kind] for kind in Kind if kind in PLACES[role])
        found.append(f"“{name}”只能在{kinds}任职。")
    if role in BRANCH_ROLES and person.standing is not Standing.FORMAL:
        found.append(f"{person.name}不是正式党员，不能担任{name}。")
    return found


def ended(position: Position, ends_on: date, *, administrators: int) -> Position:
    """Give the position with its last day. Raises `AlreadyEnded`, `EndsBeforeStart`, `LastAdministrator`."""
    if position.ends_on is not None:
        raise AlreadyEnded
    if ends_on < position.starts_on:
        raise EndsBeforeStart
    if position.role is Role.ADMINISTRATOR:
        refuse_last(administrators)
    return replace(position, ends_on=ends_on, version=position.version + 1)


def refuse_last(administrators: int) -> None:
    """Keep at least one administrator. Raises `LastAdministrator`."""
    if administrators <= 1:
        raise LastAdministrator


def cut(position: Position, ends_on: date) -> Position:
    """Give a position that ends because its holder or its organisation goes."""
    return replace(position, ends_on=max(ends_on, position.starts_on), version=position.version + 1)


def lasts(holder: Holder, day: date) -> bool:
    """Say whether somebody still holds a position on a day."""
    return holder.ends_on is None or holder.ends_on >= day
