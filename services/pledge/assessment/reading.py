"""Occasions as people see them: those of one's organisations, one with its progress, results that are public."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.pledge import permissions
from services.pledge.appraisal import store as appraisals
from services.pledge.appraisal.domain import Row
from services.pledge.assessment import commands, participation, store
from services.pledge.assessment.domain import Assessment, Instant, Source
from services.pledge.assessment.participation import Participation, Uncovered
from services.pledge.assessment.rules import AssessmentNotFound
from services.pledge.form import rules as forms
from services.pledge.form import slip
from services.pledge.form import store as boxes
from services.pledge.grading import store as gradings
from services.pledge.grading.domain import Grading
from services.pledge.supervision import reach
from services.pledge.turning import Page
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.scheme import Scheme


@dataclass(frozen=True)
class View:
    """An occasion as one person may see it; colleagues see neither grades nor who said something."""

    assessment: Assessment
    organization: Organization
    scheme: Scheme
    rows: list[Row]
    officer: bool
    runs: bool
    answers: dict[Source, int]
    taken: int
    takes: bool
    took: bool
    """the viewer may take a form, or took one"""
    fills: bool
    """the form of the masses is open"""
    grading: Grading | None
    """the secret electronic ballot of members, if one stands"""
    elector: bool
    """the viewer may take part in it"""
    slips: int
    """batches of printed slips for the masses"""
    participation: list[Participation]
    uncovered: list[Uncovered]
    """the members whom it leaves out; shown to officers"""


def list_mine(conn: Connection, viewer: Viewer, number: int) -> Page[tuple[Assessment, Organization]]:
    """Give a page of the occasions of the organisations that one belongs to or looks after, the newest first."""
    places = _places(conn, viewer)
    page = store.list_of(conn, viewer.tenant_id, list(places), number)
    return Page([(one, places[one.organization_id]) for one in page.lines], page.number, page.more)


def list_unpublished(conn: Connection, viewer: Viewer) -> list[tuple[Assessment, Organization]]:
    """Give all of them whose results are not public yet."""
    places = _places(conn, viewer)
    found = store.list_unpublished(conn, viewer.tenant_id, list(places))
    return [(one, places[one.organization_id]) for one in found]


def _places(conn: Connection, viewer: Viewer) -> dict[UUID, Organization]:
    home = branches.of(conn, viewer.tenant_id, viewer.organization.id)
    places = {home.id: home}
    for one in reach.organizations(conn, viewer, permissions.RUN_ASSESSMENT):
        places[one.id] = one
    return places


@dataclass(frozen=True)
class Openable:
    """An organisation in which somebody may open an occasion, under its scheme of today."""

    organization: Organization
    scheme: Scheme


def list_openable(conn: Connection, viewer: Viewer) -> list[Openable]:
    """Give the organisations in which somebody appraises: one's own, or those below where the scheme says so (C7)."""
    places = reach.organizations(conn, viewer, permissions.RUN_ASSESSMENT)
    current = schemes.currents(conn, places)
    return [
        Openable(place, current[place.id])
        for place in places
        if place.id in current and commands.runs(viewer, permissions.RUN_ASSESSMENT, place, current[place.id])
    ]


def list_instant(conn: Connection, viewer: Viewer, places: Sequence[Openable]) -> dict[tuple[UUID, int], list[Instant]]:
    """Give by organisation and year the instant pledges that can be appraised by themselves (R-093)."""
    asked = [one.organization.id for one in places if one.scheme.appraisal.instant]
    found: dict[tuple[UUID, int], list[Instant]] = {}
    for one in store.list_instant(conn, viewer.tenant_id, asked):
        found.setdefault((one.organization_id, one.year), []).append(one)
    return found


def show(conn: Connection, viewer: Viewer, assessment_id: UUID) -> View:
    """Show an occasion. Raises `AssessmentNotFound`, `NotAllowed`."""
    assessment, organization = commands.access(conn, viewer, permissions.READ_ASSESSMENT, assessment_id)
    scheme = commands.scheme_of(conn, assessment)
    officer = viewer.may(permissions.RUN_ASSESSMENT, organization.path)
    rows = appraisals.list_of(conn, viewer.tenant_id, assessment.id)
    grading = gradings.find_standing(conn, viewer.tenant_id, assessment.id)
    covered = {row.person_id for row in rows}
    return View(
        assessment, organization, scheme, rows if officer else [row for row in rows if row.person_id == viewer.id],
        officer, commands.runs(viewer, permissions.RUN_ASSESSMENT, organization, scheme),
        {source: boxes.read_box(conn, assessment, source).answers for source in (Source.PEER, Source.MASS)},
        boxes.count_taken(conn, assessment),
        viewer.may(permissions.TAKE_FORM, organization.path) and forms.open_for(assessment, scheme, Source.PEER),
        boxes.took(conn, assessment, viewer.id), forms.open_for(assessment, scheme, Source.MASS),
        grading, grading is not None and gradings.find_elector(conn, grading, viewer.id) is not None,
        slip.batches(assessment.invited) if assessment.coded else 0, participation.of(conn, assessment, scheme),
        participation.uncovered(conn, assessment, organization, covered, clock.today()) if officer else [],
    )  # fmt: skip


def results(conn: Connection, viewer: Viewer | None, assessment_id: UUID) -> tuple[Assessment, Organization, list[Row]]:
    """Show results to whom they were published; to others there is nothing. Raises `AssessmentNotFound`."""
    assessment = store.find(conn, assessment_id)
    organization = directory.get_organization(conn, assessment.tenant_id, assessment.organization_id)
    inside = viewer is not None and viewer.tenant_id == assessment.tenant_id
    match assessment.published_scope:
        case "public":
            shown = True
        case "school":
            shown = inside
        case "branch":
            shown = viewer is not None and viewer.may(permissions.READ_ASSESSMENT, organization.path) and inside
        case _:
            shown = False
    if not shown:
        raise AssessmentNotFound
    return assessment, organization, appraisals.list_of(conn, assessment.tenant_id, assessment.id)
