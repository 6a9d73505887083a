"""What people's records ask of a branch: 流动党员 from whom nothing was heard for long (R-016)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from services.roster.permissions import RECORD_CONTACT
from services.roster.person import store
from shared import scheme as schemes
from shared.auth import Reach, Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Person
from shared.period import months_after
from shared.scheme import NoScheme
from shared.web.tasks import Task
from shared.web.words import day

WARNING = timedelta(days=30)
"""So long before the last day on which 报到 is in time."""


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give the committee of a branch one task for each member who is away and silent, as its scheme counts (R-158)."""
    paths = {held.path for held in viewer.held if RECORD_CONTACT.grants.get(held.role) is Reach.OWN}
    found: list[Task] = []
    for path in sorted(paths):
        if people := store.list_floating(conn, viewer.tenant_id, path):
            found += tasks(people, _months(conn, people[0]), today)
    return found


def tasks(people: Sequence[Person], months: int, today: date) -> Iterator[Task]:
    """Give a task for each whose silence of so many months is nearly full; 0 months ask nothing.

    Who is silent on the day `months` after the last contact cannot be elected, so the day before is the last in time.
    """
    for person in people:
        if not months or person.last_contact_on is None:
            continue
        due_on = months_after(person.last_contact_on, months) - timedelta(days=1)
        if today >= due_on - WARNING:
            yield Task(
                title=f"联系流动党员{person.name}",
                href=f"/roster/people/{person.id}#contacts",
                action="登记联系",
                due_on=due_on,
                note=f"上次报到：{day(person.last_contact_on)}。连续{months}个月不主动报到的，不能评选",
            )


def _months(conn: Connection, person: Person) -> int:
    try:
        organization = directory.get_organization(conn, person.tenant_id, person.organization_id)
        return schemes.current(conn, organization).eligibility.floating_months
    except NoScheme:
        return 0
