"""What 评诺 asks: of a member the own words and a form, of an officer to go on, of whom it concerns a reply."""

from datetime import date

from services.pledge import permissions
from services.pledge.appraisal import store
from services.pledge.assessment import commands, reading
from services.pledge.assessment import store as assessments
from services.pledge.assessment.domain import Source
from services.pledge.consequence import store as consequences
from services.pledge.form import rules as forms
from services.pledge.form import store as boxes
from services.pledge.supervision import reach
from shared import scheme as schemes
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
    """Ask for the own form and for what is to be decided; however many occasions, it reads once."""
    near = [one for one in reading.list_unpublished(conn, viewer) if _near(viewer, one[1])]
    ids = [one.id for one, _ in near]
    known = schemes.versions(conn, {(one.tenant_id, one.scheme_id, one.scheme_version) for one, _ in near})
    took = boxes.list_taken(conn, viewer.tenant_id, ids, viewer.id)
    undecided = store.list_undecided(conn, viewer.tenant_id, ids)
    found = []
    for one, organization in near:
        scheme = known.get((one.tenant_id, one.scheme_id, one.scheme_version))
        if scheme is None:
            continue
        href = f"/pledge/assessments/{one.id}"
        takes = viewer.may(permissions.TAKE_FORM, organization.path) and forms.open_for(one, scheme, Source.PEER)
        if takes and one.id not in took:
            found.append(Task(f"{one.title}：填写党员互评表", f"{href}#peer", "去填写", one.closes_on))
        above, runs = _decides(conn, viewer, organization, scheme)
        waiting = sum(
            above if person_id is None else runs and person_id != viewer.id for person_id in undecided.get(one.id, ())
        )
        if waiting:
            found.append(Task(f"{one.title}：还有{waiting}份承诺没有评定", href, "去办理", one.closes_on))
    return found


def _decides(conn: Connection, viewer: Viewer, organization: Organization, scheme: Scheme) -> tuple[bool, bool]:
    """Say whether somebody is the one to decide on an organisation's own pledge, and on those of its people."""
    places = viewer.places(permissions.RUN_ASSESSMENT)
    above = _above(organization) in places or (
        organization.path in places and not reach.has_superior(conn, organization)
    )
    return above, organization.path in places if scheme.appraisal.appraiser == "branch" else above


def _near(viewer: Viewer, organization: Organization) -> bool:
    """Ask who belongs there or holds a position there or one step above, not a whole department."""
    places = {*viewer.places(permissions.RUN_ASSESSMENT), *viewer.places(permissions.TAKE_FORM)}
    return organization.path in places or _above(organization) in places


def _above(organization: Organization) -> str:
    return "/".join(organization.path.split("/")[:-2]) + "/"
