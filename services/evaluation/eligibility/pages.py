"""The page on which a branch reviews who may stand and decides what the system proposed."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirect

from services.evaluation import permissions
from services.evaluation.election import store as elections
from services.evaluation.eligibility import commands, schemas
from services.evaluation.pledge import store as pledges
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("eligibility_pages", __name__, url_prefix="/evaluation/meetings")


@blueprint.get("/<uuid:meeting_id>/eligibility")
@door.read(permissions.READ_ELIGIBILITY)
def show(conn: Connection, viewer: Viewer, meeting_id: UUID) -> str:
    """Show every member with all obstacles; what waits for a decision comes first."""
    meeting = commands.access(conn, viewer, permissions.READ_ELIGIBILITY, meeting_id, lock=False)
    organization = directory.get_organization(conn, viewer.tenant_id, meeting.organization_id)
    findings = viewer.may(permissions.READ_SENSITIVE_FINDING, organization.path)
    rows: list[dict[str, Any]] = [
        schemas.shown(one, findings=findings)
        for one in commands.review(conn, meeting, commands.scheme_of(conn, meeting))
    ]
    called = elections.state_of(conn, viewer.tenant_id, meeting.id) not in {None, "annulled"}
    return flask.render_template(
        "evaluation/eligibility/show.html",
        meeting=meeting,
        organization=organization,
        rows=sorted(rows, key=lambda row: not row["undecided"]),
        appraised=pledges.list_appraised(conn, viewer.tenant_id, [row["person_id"] for row in rows]),
        waiting=sum(row["undecided"] for row in rows),
        standing=sum(row["stands"] for row in rows),
        decides=not called and viewer.may(permissions.DECIDE_PROPOSAL, organization.path),
    )


@blueprint.post("/<uuid:meeting_id>/eligibility")
@door.write(permissions.DECIDE_PROPOSAL)
def decide(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Decide what is proposed of one person: each proposal that was chosen on, and come back to that person."""
    form = flask.request.form
    given = [
        forms.load_from(schemas.DecisionGiven(), _line(form, code))
        for code in form.getlist("code")
        if form.get(f"confirmed-{code}")
    ]
    commands.decide(conn, viewer, meeting_id, given)
    flask.flash("已记录支委会的认定。")
    return flask.redirect(f"/evaluation/meetings/{meeting_id}/eligibility#p-{given[0]['person_id']}", 303)


def _line(form: MultiDict[str, str], code: str) -> MultiDict[str, str]:
    told = {"confirmed": form[f"confirmed-{code}"], "reason": form.get(f"reason-{code}", "")}
    return MultiDict({"person_id": form.get("person_id", ""), "code": code, **told})
