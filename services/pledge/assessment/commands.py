"""Occasions of 评诺: opened, joined by later pledges, asked of the masses, closed for forms, made public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.appraisal import store as appraisals
from services.pledge.appraisal.domain import Appraisal, AppraisalState
from services.pledge.assessment import rules, store
from services.pledge.assessment.domain import ASSESSMENT_NAMES, Assessment, AssessmentKind, Source
from services.pledge.author import store as together
from services.pledge.form import rules as form_rules
from services.pledge.form import store as forms
from services.pledge.grading import rules as grading_rules
from services.pledge.grading import store as gradings
from services.pledge.pledge import store as pledges
from services.pledge.pledge.domain import Form, Pledge
from services.pledge.supervision import reach
from shared import clock
from shared import scheme as schemes
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Kind, Organization
from shared.scheme import Scheme


@dataclass(frozen=True)
class Opening:
    """How an occasion is opened."""

    organization_id: UUID
    kind: AssessmentKind
    year: int
    title: str = ""
    pledge_ids: Sequence[UUID] = ()
    invited: int = 0
    coded: bool | None = None
    """with the codes of slips; the rule decides where nobody chose"""
    closes_on: date | None = None


def access(
    conn: Connection, viewer: Viewer, permission: Permission, assessment_id: UUID, *, hold: bool = False
) -> tuple[Assessment, Organization]:
    """Open the door to an occasion; `hold` before a change. Raises `AssessmentNotFound`, `NotAllowed`."""
    assessment = (store.get if hold else store.read)(conn, viewer.tenant_id, assessment_id)
    return assessment, require(conn, viewer, permission, assessment.organization_id)


def scheme_of(conn: Connection, assessment: Assessment) -> Scheme:
    """Give the scheme under which an occasion was opened."""
    return schemes.version(conn, assessment.tenant_id, assessment.scheme_id, assessment.scheme_version)


def runs(viewer: Viewer, permission: Permission, organization: Organization, scheme: Scheme) -> bool:
    """Say whether somebody appraises in an organisation: its officers, or those above where the scheme says (C7).

    Nobody stands above a 党委 whose superior is outside the university.
    """
    if scheme.appraisal.appraiser == "branch" or organization.kind is Kind.COMMITTEE:
        return viewer.may(permission, organization.path)
    return reach.is_above(viewer, permission, organization)


def running(conn: Connection, viewer: Viewer, assessment_id: UUID) -> tuple[Assessment, Organization, Scheme]:
    """Hold an occasion for a change by who runs it. Raises `NotAllowed`, `AppraisedFromAbove`."""
    assessment, organization = access(conn, viewer, permissions.RUN_ASSESSMENT, assessment_id, hold=True)
    scheme = scheme_of(conn, assessment)
    if not runs(viewer, permissions.RUN_ASSESSMENT, organization, scheme):
        raise rules.AppraisedFromAbove
    return assessment, organization, scheme


def open_(conn: Connection, viewer: Viewer, opening: Opening) -> Assessment:
    """Open an occasion with an appraisal for every pledge that it covers.

    Raises `NotAllowed`, `AppraisedFromAbove`, `AlreadyAssessed` and what `rules.choose` raises.
    """
    organization = require(conn, viewer, permissions.RUN_ASSESSMENT, opening.organization_id)
    scheme = schemes.current(conn, organization)
    if not runs(viewer, permissions.RUN_ASSESSMENT, organization, scheme):
        raise rules.AppraisedFromAbove
    made = pledges.list_of_organization(conn, viewer.tenant_id, organization.id, opening.year)
    chosen = rules.choose(opening.kind, scheme, made, opening.pledge_ids)
    assessment = Assessment(
        viewer.tenant_id, uuid4(), organization.id, opening.kind, opening.year,
        opening.title.strip() or _title(organization, opening),
        scheme.id, scheme.version, opening.invited if Source.MASS in scheme.appraisal.sources else 0,
        opening.closes_on, viewer.id, clock.now(),
        coded=rules.asks_for_codes(opening.invited) if opening.coded is None else opening.coded,
    )  # fmt: skip
    if not store.add(conn, assessment):
        raise rules.AlreadyAssessed
    forms.add_boxes(conn, assessment)
    if not _enlist(conn, assessment, chosen):
        raise rules.NothingToAppraise
    return assessment


def _title(organization: Organization, opening: Opening) -> str:
    year = opening.year if opening.kind is AssessmentKind.YEARLY else f"{opening.year}年"
    return f"{organization.name}{year}{ASSESSMENT_NAMES[opening.kind]}"


def refresh(conn: Connection, viewer: Viewer, assessment_id: UUID) -> int:
    """Add the pledges that became public since; say how many. Raises `NotAllowed`, `FormsClosed`, `FormFixed`."""
    assessment, organization, scheme = running(conn, viewer, assessment_id)
    if not assessment.forms_open:
        raise rules.FormsClosed
    if gradings.find_standing(conn, assessment.tenant_id, assessment.id):
        raise rules.FormFixed
    if assessment.kind is not AssessmentKind.YEARLY:
        return 0
    made = pledges.list_of_organization(conn, viewer.tenant_id, organization.id, assessment.year)
    return _enlist(conn, assessment, rules.choose(assessment.kind, scheme, made, ()))


def _enlist(conn: Connection, assessment: Assessment, chosen: Sequence[Pledge]) -> int:
    made = [
        Appraisal(
            one.tenant_id, uuid4(), assessment.id, one.id, one.organization_id, person_id, assessment.closing,
            AppraisalState.OPEN,
        )
        for one in chosen
        for person_id in _pledgers(conn, one)
    ]  # fmt: skip
    return appraisals.add(conn, made)


def _pledgers(conn: Connection, pledge: Pledge) -> list[UUID | None]:
    """Give who is appraised: every member who made a pledge, nobody for an organisation's (R-033, R-091)."""
    if pledge.form is Form.ORGANIZATION:
        return [None]
    authors = {one.person_id for one in together.list_authors(conn, pledge.tenant_id, pledge.id) if one.person_id}
    known = directory.list_named(conn, pledge.tenant_id, sorted(authors - {pledge.person_id}))
    return [pledge.person_id, *(one.id for one in known.values() if one.is_member)]


def invite(
    conn: Connection, viewer: Viewer, assessment_id: UUID, invited: int, coded: bool | None = None
) -> Assessment:
    """Say how many of the masses are asked, and how; the form takes no more answers. Raises as `rules.invite`."""
    assessment, _, _ = running(conn, viewer, assessment_id)
    answers = forms.read_box(conn, assessment, Source.MASS).answers
    changed = rules.invite(assessment, invited, answers, coded)
    store.save(conn, changed)
    return changed


def close_forms(conn: Connection, viewer: Viewer, assessment_id: UUID) -> Assessment:
    """Take no more forms; from now on the sums can be seen, so no totals from paper may be left to confirm.

    Raises `NotToBeClosed` with every obstacle. The same again changes nothing.
    """
    assessment, _, _ = running(conn, viewer, assessment_id)
    if not assessment.forms_open:
        return assessment
    grading = gradings.find_standing(conn, assessment.tenant_id, assessment.id)
    entered = forms.list_papers(conn, assessment)
    papers = sum(one.papers for one in entered if one.source is Source.PEER)
    if found := [*grading_rules.close_obstacles(grading, papers), *form_rules.unconfirmed(entered)]:
        raise rules.NotToBeClosed(details=found)
    closed = rules.close_forms(assessment, viewer.id, clock.now())
    store.save(conn, closed)
    return closed


def publish(conn: Connection, viewer: Viewer, assessment_id: UUID, scope: str) -> Assessment:
    """Show the results within a scope. Raises `NotPublishable`."""
    assessment, _, scheme = running(conn, viewer, assessment_id)
    rows = appraisals.list_of(conn, assessment.tenant_id, assessment.id)
    undecided = sum(row.state is AppraisalState.OPEN for row in rows)
    shown = rules.publish(assessment, scheme, scope, undecided=undecided, by=viewer.id, at=clock.now())
    store.save(conn, shown)
    return shown
