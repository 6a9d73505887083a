"""How the pledges of an organisation are kept in a year: line by line, never a rank."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.pledge import permissions
from services.pledge.author import commands as authors
from services.pledge.progress import commands as progress
from services.pledge.progress import store as progress_store
from services.pledge.progress.domain import Table
from shared import clock
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization


@dataclass(frozen=True)
class Line:
    """A pledge with what is open in it."""

    table: Table
    name: str
    """of all who make it together (R-033)"""
    stroke_key: str
    overdue: int
    unresolved: int
    """of an ended year, without a final state (R-077)"""


@dataclass(frozen=True)
class View:
    """The pledges of an organisation in a year, and the ended years in which something has no result."""

    organization: Organization
    year: int
    lines: list[Line]
    unresolved_years: list[int]


def of(conn: Connection, viewer: Viewer, organization_id: UUID, year: int) -> View:
    """Give the overview of an organisation and a year: its own pledges, then people in 姓氏笔画 order.

    Raises `NotAllowed`, `OrganizationNotFound`.
    """
    organization = require(conn, viewer, permissions.SUPERVISE, organization_id)
    today = clock.today()
    tables = progress.tables_of(conn, organization, year)
    ids = [table.pledge.person_id for table in tables if table.pledge.person_id]
    people = directory.list_named(conn, viewer.tenant_id, ids)
    whose = authors.whose(conn, [table.pledge for table in tables])
    lines = []
    for table in tables:
        person = people.get(table.pledge.person_id) if table.pledge.person_id else None
        key = person.stroke_key if person else ""
        lines.append(_line(table, whose.get(table.pledge.id, organization.name), key, today))
    lines.sort(key=lambda line: (line.stroke_key, line.name))
    left = progress_store.list_unresolved_years(conn, viewer.tenant_id, [organization.id], today.year)
    return View(organization, year, lines, [year for _, year in left])


def _line(table: Table, name: str, key: str, today: date) -> Line:
    overdue = sum(matter.overdue(today) for matter in table.matters)
    return Line(table, name, key, overdue, len(table.unresolved(today)))
