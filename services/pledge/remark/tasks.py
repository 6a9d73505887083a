"""What the periods ask of an organisation: a remark on every pledger, and the summary; older gaps stay until filled."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from services.pledge import permissions
from services.pledge.gap import reading as gaps
from services.pledge.gap import store
from services.pledge.remark import rhythm
from services.pledge.remark.domain import Left
from services.pledge.supervision import reach
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization, Role
from shared.scheme.scheme import Supervision
from shared.web.tasks import Task

OFFICERS: list[Role] = [role for role in permissions.WRITE_REMARKS.grants if role is not Role.ORGANIZATION_DEPARTMENT]


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Ask for what is missing (R-072, R-074): of one's own organisation everything that others than oneself need;
    of one right below only the remark on its single officer, who cannot make it.
    """
    if not viewer.holds(permissions.WRITE_REMARKS):
        return []
    places = reach.organizations(conn, viewer, permissions.WRITE_REMARKS)
    inside = {one.id for one in places if reach.is_inside(viewer, permissions.WRITE_REMARKS, one)}
    near = [one for one in places if one.id in inside or one.parent_id in inside]
    rules = {place_id: one.supervision for place_id, one in schemes.currents(conn, near).items()}
    near = [one for one in near if one.id in rules]
    below = [one.id for one in near if one.id not in inside]
    officers = store.list_officers(conn, viewer.tenant_id, below, OFFICERS, today)
    asked = [one for one in near if len(officers.get(one.id, ())) <= 1]
    left = gaps.left(conn, viewer.tenant_id, _periods(conn, viewer.tenant_id, asked, rules, today))
    tasks = []
    for place in asked:
        for period, found in left.get(place.id, {}).items():
            due = rhythm.due_on(period, rules[place.id].due_day)
            if place.id in inside:
                tasks += _own(viewer, place, period, found, due)
            else:
                tasks += _below(place, period, found, due, officers.get(place.id, set()))
    return tasks


def _own(viewer: Viewer, place: Organization, period: str, left: Left, due: date) -> list[Task]:
    name, href = rhythm.named(period), f"/pledge/remarks/?organization_id={place.id}&period={period}"
    others = sum(person.id != viewer.id for person in left.people)
    tasks = [Task(f"{name}履诺点评", href, "去点评", due, f"{place.name}还有{others}人没有点评")] if others else []
    if left.summary:
        tasks.append(Task(f"{name}承诺落实情况梳理总结", f"{href}#summary", "去总结", due, place.name))
    return tasks


def _below(place: Organization, period: str, left: Left, due: date, officers: set[UUID]) -> list[Task]:
    """Ask of a branch below for the remark on its only officer; where nobody is in office for all of them."""
    people = [one for one in left.people if not officers or one.id in officers]
    if not people:
        return []
    note = f"{place.name}没有其他负责同志，由上级点评{len(people)}人"
    href = f"/pledge/remarks/?organization_id={place.id}&period={period}"
    return [Task(f"{rhythm.named(period)}履诺点评", href, "去点评", due, note)]


def _periods(
    conn: Connection, tenant_id: UUID, places: list[Organization], rules: Mapping[UUID, Supervision], today: date
) -> dict[UUID, list[str]]:
    """Give by organisation the periods from its first public pledge on, of this year and the one before."""
    asked = [one.id for one in places if rules[one.id].rhythm != "none"]
    firsts = store.list_firsts(conn, tenant_id, asked)
    return {place_id: _since(clock.day_of(first), rules[place_id].rhythm, today) for place_id, first in firsts.items()}


def _since(first: date, kind: str, today: date) -> list[str]:
    periods = [rhythm.of(max(first, date(today.year - 1, 1, 1)), kind)]
    while rhythm.first_day(following := rhythm.following(periods[-1])) <= today:
        periods.append(following)
    return periods if rhythm.first_day(periods[0]) <= today else []
