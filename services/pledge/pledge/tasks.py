"""What 提诺 asks: of a member the pledge of the year, secretaries first; of an officer whoever has none."""

from datetime import date, timedelta

from services.pledge import permissions
from services.pledge.coverage import store as coverage
from services.pledge.coverage.domain import Standing, Status
from services.pledge.pledge import reading, store
from services.pledge.pledge.domain import Form, Kind, PledgeState
from services.pledge.pledge.reading import Due
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import MEETS, Organization
from shared.scheme import Scheme
from shared.web.tasks import Task

LEAD = timedelta(days=7)
"""Secretaries are asked from the first day of the window, others so much later (R-009: 带头承诺)."""
BEFORE = timedelta(days=14)
"""Officers are shown who has none so long before the window closes."""
AFTER = timedelta(days=60)
"""So long after it late pledges are asked for; from then on coverage alone says who has none (R-042)."""


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give what the window of the year asks of somebody; nothing where no scheme is adopted."""
    home = branches.of(conn, viewer.tenant_id, viewer.organization.id)
    try:
        scheme = schemes.current(conn, home)
    except schemes.NoScheme:
        return []
    found = _organizations(conn, viewer, today)
    due = reading.due(conn, home, scheme, today)
    if Kind.ANNUAL not in scheme.pledge.kinds or not _wanted(due, today) or home.kind not in MEETS:
        return found
    people = coverage.list_people(conn, home, due.year, today)
    return [*_own(viewer, scheme, due, people, today), *_missing(viewer, home, due, people, today), *found]


def _wanted(due: Due, today: date) -> bool:
    return due.window.opens_on <= today <= due.window.closes_on + AFTER


def _own(viewer: Viewer, scheme: Scheme, due: Due, people: list[Standing], today: date) -> list[Task]:
    mine = next((one for one in people if one.person_id == viewer.id), None)
    if mine is None or mine.status is not Status.MISSING or not reading.writes(viewer.person, scheme):
        return []
    ahead = mine.secretary or viewer.person.leader
    if not ahead and today < due.window.opens_on + LEAD:
        return []
    title = f"提出{due.year}年度承诺"
    note = "党组织书记、党员领导干部带头承诺" if ahead else ""
    if mine.pledge_id is not None:
        href = f"/pledge/pledges/{mine.pledge_id}"
        return [Task(title, href, "提交草稿", due.window.closes_on, note)]
    return [Task(title, f"/pledge/pledges/new?year={due.year}", "去承诺", due.window.closes_on, note)]


def _missing(viewer: Viewer, home: Organization, due: Due, people: list[Standing], today: date) -> list[Task]:
    """Show a branch's own officers who has none."""
    missing = sum(one.party and one.status is Status.MISSING for one in people)
    late = today >= due.window.closes_on - BEFORE
    if not missing or not late or not viewer.may(permissions.APPLY_TREATMENT, home.path):
        return []
    href = f"/pledge/coverage/?organization_id={home.id}&year={due.year}#missing"
    return [Task(f"还有{missing}名党员没有{due.year}年度承诺", href, "查看", due.window.closes_on)]


def _organizations(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Ask for the pledges of the organisations in which somebody holds an office (R-190)."""
    places = viewer.places(permissions.WRITE_ORGANIZATION_PLEDGE)
    found = []
    for organization in directory.list_at(conn, viewer.tenant_id, places) if places else []:
        scheme = schemes.current(conn, organization)
        due = reading.due(conn, organization, scheme, today)
        if Form.ORGANIZATION in scheme.pledge.forms and Kind.ANNUAL in scheme.pledge.kinds and _wanted(due, today):
            found += _organization(conn, organization, due)
    return found


def _organization(conn: Connection, organization: Organization, due: Due) -> list[Task]:
    made = [
        one
        for one in store.list_of_organization(conn, organization.tenant_id, organization.id, due.year)
        if one.form is Form.ORGANIZATION and one.kind is Kind.ANNUAL and one.state is not PledgeState.WITHDRAWN
    ]
    if any(one.submitted_at is not None for one in made):
        return []
    title = f"提出{organization.name}{due.year}年度承诺"
    if made:
        return [Task(title, f"/pledge/pledges/{made[0].id}", "提交草稿", due.window.closes_on)]
    href = f"/pledge/pledges/new?organization_id={organization.id}&year={due.year}"
    return [Task(title, href, "去承诺", due.window.closes_on)]
