"""Setting when pledges of a year are wanted, for an organisation and all below it (R-031, R-044)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.pledge import permissions
from services.pledge.pledge import commands as pledges
from services.pledge.pledge.window import Round, Window
from services.pledge.round import rules, store
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import Organization


@dataclass(frozen=True)
class View:
    """The window of an organisation, and what was set around it."""

    organization: Organization
    window: Window
    set: list[tuple[str, Round]]


def set_round(
    conn: Connection,
    viewer: Viewer,
    organization_id: UUID,
    *,
    year: int,
    opens_on: date,
    closes_on: date,
    publish_by_on: date | None,
    document: str,
) -> Round:
    """Set the window of a year. Late pledges are taken all the same. Raises `NotAllowed`, `BadRound`."""
    organization = require(conn, viewer, permissions.SET_ROUND, organization_id)
    made = Round(organization.tenant_id, organization.id, year, opens_on, closes_on, publish_by_on, document.strip())
    rules.check(made)
    store.save(conn, made, viewer.id, clock.now())
    return made


def drop(conn: Connection, viewer: Viewer, organization_id: UUID, year: int) -> None:
    """Drop a window that was set. Raises `NotAllowed`, `RoundNotFound`."""
    organization = require(conn, viewer, permissions.SET_ROUND, organization_id)
    if not store.delete(conn, viewer.tenant_id, organization.id, year):
        raise rules.RoundNotFound


def show(conn: Connection, viewer: Viewer, organization_id: UUID | None, year: int) -> View:
    """Show the window of an organisation, one's own when none is named. Raises `NotAllowed`."""
    if organization_id is None:
        home = branches.of(conn, viewer.tenant_id, viewer.organization.id)
        places = viewer.places(permissions.SET_ROUND)
        organization = directory.list_at(conn, viewer.tenant_id, places)[0] if places else home
    else:
        organization = require(conn, viewer, permissions.READ_ROUND, organization_id)
    window = pledges.window_of(conn, organization, schemes.current(conn, organization), year)
    return View(organization, window, store.list_set(conn, viewer.tenant_id, organization.path, year))
