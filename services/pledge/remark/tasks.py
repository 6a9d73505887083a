"""What the periods ask of an organisation: a remark on every pledger, and the summary; older gaps stay until filled."""

from datetime import date

from services.pledge import permissions
from services.pledge.remark import commands, rhythm, store
from services.pledge.supervision import reach
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
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
    tasks = []
    for place in near:
        if place.id not in rules:
            continue
        if place.id in inside:
            tasks += _own(conn, viewer, place, rules[place.id], today)
        else:
            tasks += _below(conn, place, rules[place.id], today)
    return tasks


def _own(conn: Connection, viewer: Viewer, place: Organization, rules: Supervision, today: date) -> list[Task]:
    tasks = []
    for period, left in commands.left(conn, place, _periods(conn, place, rules, today)).items():
        due, name = rhythm.due_on(period, rules.due_day), rhythm.named(period)
        href = f"/pledge/remarks/?organization_id={place.id}&period={period}"
        others = sum(person.id != viewer.id for person in left.people)
        if others:
            tasks.append(Task(f"{name}履诺点评", href, "去点评", due, f"{place.name}还有{others}人没有点评"))
        if left.summary:
            tasks.append(Task(f"{name}承诺落实情况梳理总结", f"{href}#summary", "去总结", due, place.name))
    return tasks


def _below(conn: Connection, place: Organization, rules: Supervision, today: date) -> list[Task]:
    """Ask of a branch below for the remark on its only officer; where nobody is in office for all of them."""
    officers = {one.id for one in directory.list_holders(conn, place.tenant_id, place.id, OFFICERS, today)}
    if len(officers) > 1:
        return []
    tasks = []
    for period, found in commands.left(conn, place, _periods(conn, place, rules, today)).items():
        left = [one for one in found.people if not officers or one.id in officers]
        if left:
            href = f"/pledge/remarks/?organization_id={place.id}&period={period}"
            note = f"{place.name}没有其他负责同志，由上级点评{len(left)}人"
            title = f"{rhythm.named(period)}履诺点评"
            tasks.append(Task(title, href, "去点评", rhythm.due_on(period, rules.due_day), note))
    return tasks


def _periods(conn: Connection, place: Organization, rules: Supervision, today: date) -> list[str]:
    """Give the periods from the first public pledge on, of this year and the one before."""
    first = store.find_first(conn, place) if rules.rhythm != "none" else None
    if first is None:
        return []
    periods = [rhythm.of(max(clock.day_of(first), date(today.year - 1, 1, 1)), rules.rhythm)]
    while rhythm.first_day(following := rhythm.following(periods[-1])) <= today:
        periods.append(following)
    return periods if rhythm.first_day(periods[0]) <= today else []
