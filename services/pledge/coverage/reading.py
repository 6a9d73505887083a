"""Coverage through the access door: an organisation with those below it, a branch with its people."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from services.pledge import permissions
from services.pledge.coverage import store
from services.pledge.coverage.domain import Coverage, Standing
from services.pledge.ledger import reading as ledger
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import MEETS, Organization

COUNTED = [field.name for field in fields(Coverage) if field.name not in {"organization_id", "name", "kind"}]


@dataclass(frozen=True)
class View:
    """The coverage of an organisation in a year."""

    organization: Organization
    year: int
    rows: list[Coverage]
    total: Coverage
    people: list[Standing]
    """of a branch, by name"""
    staff: bool
    """the scheme has staff outside the Party pledge too (C19)"""
    organizations: bool
    """the scheme has organisations pledge (R-190)"""


def show(conn: Connection, viewer: Viewer, *, organization_id: UUID | None, year: int) -> View:
    """Show how far an organisation has come. Raises `NotAllowed`."""
    organization = ledger.place(conn, viewer, permissions.READ_COVERAGE, organization_id)
    rows = store.list_levels(conn, organization, year)
    if not ledger.below(viewer, permissions.READ_COVERAGE, organization):
        rows = [row for row in rows if row.organization_id == organization.id]
    branch = organization.kind in MEETS
    scheme = schemes.current(conn, organization)
    return View(
        organization, year, rows, summed(organization, rows),
        store.list_people(conn, organization, year, clock.today()) if branch else [],
        "staff" in scheme.pledge.forms, "organization" in scheme.pledge.forms,
    )  # fmt: skip


def summed(organization: Organization, rows: Sequence[Coverage]) -> Coverage:
    """Add up the rows of an organisation."""
    numbers = {name: sum(getattr(row, name) for row in rows) for name in COUNTED}
    return Coverage(organization.id, organization.name, organization.kind, **numbers)
