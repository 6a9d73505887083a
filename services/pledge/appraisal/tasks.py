"""What 评诺 asks: of a member the own words and a form, of an officer to go on, of whom it concerns a reply."""

from datetime import date

from services.pledge import permissions
from services.pledge.appraisal import store
from services.pledge.appraisal.domain import AppraisalState
from services.pledge.assessment import commands, reading
from services.pledge.assessment import store as assessments
from services.pledge.assessment.domain import Assessment, Source
from services.pledge.consequence import store as consequences
from services.pledge.form import rules as forms
from services.pledge.form import store as boxes
from services.pledge.supervision import reach
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization
from shared.scheme import Scheme
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, _today: date) -> list[Task]:
    """Give what waits for somebody."""
    return [*_own(conn, viewer), *_occasions(conn, viewer)]


def _own(conn: Connection, viewer: Viewer) -> list[Task]:
    found = []
    for appraisal_id, assessment_id, title in store.list_wanting_self(conn, viewer.tenant_id, viewer.id):
        assessment = assessments.read(conn, viewer.tenant_id, assessment_id)
        if Source.SELF in commands.scheme_of(conn, assessment).appraisal.sources:
            found.append(
                Task(f"{title}：个人自评", f"/pledge/appraisals/{appraisal_id}#self", "去自评", assessment.closes_on)
            )
    found += [
        Task("有一件与您有关的事项请您申辩", f"/pledge/consequences/{one.id}", "去查看", one.reply_by_on)
        for one in consequences.list_unheard(conn, viewer.tenant_id, viewer.id)
    ]
    return found


def _occasions(conn: Connection, viewer: Viewer) -> list[Task]:
    found = []
    for one, organization in reading.list_unpublished(conn, viewer):
        if not _near(viewer, organization):
            continue
        scheme, href = commands.scheme_of(conn, one), f"/pledge/assessments/{one.id}"
        takes = viewer.may(permissions.TAKE_FORM, organization.path) and forms.open_for(one, scheme, Source.PEER)
        if takes and not boxes.took(conn, one, viewer.id):
            found.append(Task(f"{one.title}：填写党员互评表", f"{href}#peer", "去填写", one.closes_on))
        waiting = _waiting(conn, viewer, one, organization, scheme)
        if waiting:
            found.append(Task(f"{one.title}：还有{waiting}份承诺没有评定", href, "去办理", one.closes_on))
    return found


def _waiting(
    conn: Connection, viewer: Viewer, assessment: Assessment, organization: Organization, scheme: Scheme
) -> int:
    """Count the pledges that somebody is the one to decide: an organisation's own from one step above."""
    places = viewer.places(permissions.RUN_ASSESSMENT)
    above = _above(organization) in places or (
        organization.path in places and not reach.has_superior(conn, organization)
    )
    runs = organization.path in places if scheme.appraisal.appraiser == "branch" else above
    rows = store.list_of(conn, viewer.tenant_id, assessment.id) if runs or above else []
    return sum(
        row.state is AppraisalState.OPEN and (above if row.person_id is None else runs and row.person_id != viewer.id)
        for row in rows
    )


def _near(viewer: Viewer, organization: Organization) -> bool:
    """Ask who belongs there or holds a position there or one step above, not a whole department."""
    places = {*viewer.places(permissions.RUN_ASSESSMENT), *viewer.places(permissions.TAKE_FORM)}
    return organization.path in places or _above(organization) in places


def _above(organization: Organization) -> str:
    return "/".join(organization.path.split("/")[:-2]) + "/"
