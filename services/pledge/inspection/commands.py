"""Entering inspections, drawing samples, noting what was found and what followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.inspection import rules, sample, store
from services.pledge.inspection.domain import Inspection, Kind, Observation
from services.pledge.pledge import store as pledges
from services.pledge.progress import store as progress
from services.pledge.supervision import reach
from services.pledge.turning import Page
from shared import clock
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.errors import NotAllowed


@dataclass(frozen=True)
class Seen:
    """An inspection as one person may see it."""

    inspection: Inspection
    observations: list[Observation]
    whole: bool
    """the sample too, and what was found elsewhere"""


def inspect(
    conn: Connection, viewer: Viewer, organization_id: UUID, kind: Kind, title: str, *, year: int, held_on: date,
    size: int = 0,
) -> Inspection:  # fmt: skip
    """Enter an inspection; for a random one draw the sample, once, from all published pledges of a year below.

    Raises `NotAllowed`, `BadInspection`.
    """
    organization = require(conn, viewer, permissions.RUN_INSPECTION, organization_id)
    listed: list[UUID] = []
    if kind is Kind.RANDOM:
        below = [one.id for one in directory.list_below(conn, organization)]
        listed = sorted(progress.list_pledges(conn, viewer.tenant_id, below, year), key=str)
    if found := rules.obstacles(kind, size, len(listed), held_on, clock.today()):
        raise rules.BadInspection(details=found)
    seed = sample.seed() if kind is Kind.RANDOM else ""
    inspection = Inspection(
        viewer.tenant_id, uuid4(), organization.id, kind, year, title.strip(), held_on, seed, listed,
        sample.draw(seed, listed, size) if kind is Kind.RANDOM else [], viewer.id, clock.now(),
    )  # fmt: skip
    store.add(conn, inspection)
    return inspection


def read(conn: Connection, viewer: Viewer, inspection_id: UUID) -> Seen:
    """Give an inspection: whole to who inspects; to a branch only what was found in it.

    Raises `InspectionNotFound`, `NotAllowed`.
    """
    inspection = store.read(conn, viewer.tenant_id, inspection_id)
    place = directory.get_organization(conn, viewer.tenant_id, inspection.organization_id)
    observations = store.list_observations(conn, inspection)
    if viewer.may(permissions.READ_INSPECTION, place.path):
        return Seen(inspection, observations, whole=True)
    mine = [one for one in observations if one.pledge_id and _reaches(conn, viewer, one.pledge_id)]
    if not mine:
        raise NotAllowed
    return Seen(inspection, mine, whole=False)


def list_readable(conn: Connection, viewer: Viewer, number: int) -> Page[Inspection]:
    """Give a page of the inspections that somebody may see, the newest first."""
    places = [one.id for one in reach.organizations(conn, viewer, permissions.READ_INSPECTION)]
    return store.list_of(conn, viewer.tenant_id, places, places, number)


def observe(
    conn: Connection, viewer: Viewer, inspection_id: UUID, text: str, *, pledge_id: UUID | None = None,
    follow_up: str = "", follow_up_on: date | None = None,
) -> Observation:  # fmt: skip
    """Note what was found, and what is to be put right. Raises `NotAllowed`, `PledgeNotFound`, `BadInspection`."""
    inspection = store.read(conn, viewer.tenant_id, inspection_id)
    require(conn, viewer, permissions.RUN_INSPECTION, inspection.organization_id)
    if pledge_id is not None:
        pledge = pledges.read(conn, viewer.tenant_id, pledge_id)
        require(conn, viewer, permissions.RUN_INSPECTION, pledge.organization_id)
    found = Observation(
        viewer.tenant_id, uuid4(), inspection.id, pledge_id, text.strip(), follow_up.strip(), follow_up_on, "", None,
        viewer.id, clock.now(),
    )  # fmt: skip
    observation = rules.observe(inspection, found)
    store.save_observation(conn, observation)
    return observation


def finish(conn: Connection, viewer: Viewer, observation_id: UUID, result: str, on: date | None = None) -> Observation:
    """Note what was put right, as the branch concerned or as who inspected. Raises `NotAllowed`, `NothingToFollow`."""
    observation = store.get_observation(conn, viewer.tenant_id, observation_id)
    inspection = store.read(conn, viewer.tenant_id, observation.inspection_id)
    place = directory.get_organization(conn, viewer.tenant_id, inspection.organization_id)
    concerned = observation.pledge_id is not None and _reaches(conn, viewer, observation.pledge_id)
    if not concerned and not viewer.may(permissions.FOLLOW_UP_INSPECTION, place.path):
        raise NotAllowed
    today = clock.today()
    observation = rules.finish(observation, result.strip(), on or today, today)
    store.save_observation(conn, observation)
    return observation


def list_open(conn: Connection, viewer: Viewer, organization_ids: Sequence[UUID]) -> list[Observation]:
    """Give what is to be put right in organisations; the caller has checked the reach."""
    return store.list_open(conn, viewer.tenant_id, organization_ids)


def _reaches(conn: Connection, viewer: Viewer, pledge_id: UUID) -> bool:
    pledge = pledges.read(conn, viewer.tenant_id, pledge_id)
    place = directory.get_organization(conn, viewer.tenant_id, pledge.organization_id)
    return viewer.may(permissions.FOLLOW_UP_INSPECTION, place.path)
