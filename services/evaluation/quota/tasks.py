"""What places ask of a general branch: to allot them before its branches vote, where the scheme pools them."""

from datetime import date, timedelta

from services.evaluation import permissions
from services.evaluation.quota import store
from shared import period, scheme
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Kind
from shared.web.tasks import Task
from shared.web.words import period as words

BEFORE = timedelta(days=45)
"""A general branch is reminded in the second half of the quarter, when meetings are planned."""


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give the tasks of those who allot."""
    quarter = period.of(today)
    if not viewer.holds(permissions.ALLOT) or period.last_day(quarter) - today > BEFORE:
        return []
    found = []
    for one in directory.list_at(conn, viewer.tenant_id, viewer.places(permissions.ALLOT)):
        if one.kind is not Kind.GENERAL_BRANCH:
            continue
        try:
            pooled = scheme.current(conn, one).ballot.pooling
        except scheme.NoScheme:
            continue
        if pooled and not store.list_pool(conn, viewer.tenant_id, quarter, one.id):
            href = f"/evaluation/allotments/{one.id}?period={quarter}"
            found.append(Task(f"分配{words(quarter)}名额", href, "去分配", period.last_day(quarter), one.name))
    return found
