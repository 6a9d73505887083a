"""What people's records ask of a branch: 流动党员 from whom nothing was heard for long (R-016)."""

from datetime import date, timedelta

from services.roster.permissions import RECORD_CONTACT
from services.roster.person import store
from shared.auth import Reach, Viewer
from shared.db import Connection
from shared.web.tasks import Task
from shared.web.words import day

WARN_AFTER = timedelta(days=60)
"""Warned well before three months of silence are full."""
SILENCE = timedelta(days=90)


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give the committee of a branch one task for each member who is away and silent."""
    paths = {held.path for held in viewer.held if RECORD_CONTACT.grants.get(held.role) is Reach.OWN}
    return [
        Task(
            title=f"联系流动党员{person.name}",
            href=f"/roster/people/{person.id}#contacts",
            action="登记联系",
            due_on=person.last_contact_on + SILENCE,
            note=f"上次报到：{day(person.last_contact_on)}。连续三个月不报到影响评选",
        )
        for path in sorted(paths)
        for person in store.list_silent(conn, viewer.tenant_id, path, today - WARN_AFTER)
        if person.last_contact_on is not None
    ]
