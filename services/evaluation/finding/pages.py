"""The pages of findings: proposing, telling the member, replying on a phone, deciding, reviewing."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response as Redirect

from services.evaluation import permissions
from services.evaluation.finding import commands, schemas, store, votes
from services.evaluation.finding.domain import STATE_NAMES, Finding
from shared import clock, period
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.scheme import Scheme
from shared.scheme import store as schemes
from shared.web import door, forms

blueprint = Blueprint("finding_pages", __name__, url_prefix="/evaluation/findings")


@blueprint.get("/")
@door.read(permissions.READ_FINDING)
def show_list(conn: Connection, viewer: Viewer) -> str:
    """List the findings that the viewer may know of, page by page, and before the first those about the viewer."""
    number = forms.load_from(schemas.PageAsked(), request.args)["page"]
    branches = branch.list_readable(conn, viewer, permissions.PROPOSE_FINDING)
    found = commands.page(conn, viewer, branches, number)
    own = store.list_about(conn, viewer.tenant_id, viewer.id) if number == 1 else []
    return flask.render_template(
        "evaluation/finding/list.html",
        found=found,
        number=number,
        more=len(found) == commands.PAGE,
        own=own,
        branches={one.id: one for one in branches},
        people=directory.list_named(conn, viewer.tenant_id, [one.person_id for one in found]),
        state_names=STATE_NAMES,
    )


@blueprint.get("/new")
@door.read(permissions.PROPOSE_FINDING)
def show_form(conn: Connection, viewer: Viewer) -> str:
    """Show the form to propose a finding in one branch."""
    branches = branch.list_readable(conn, viewer, permissions.PROPOSE_FINDING)
    wanted = request.args.get("organization_id", "")
    home = next((one for one in branches if str(one.id) == wanted), branches[0] if len(branches) == 1 else None)
    members, conditions = [], []
    if home is not None:
        members = [one for one in branch.list_members(conn, viewer.tenant_id, home.id) if one.id != viewer.id]
        sensitive = viewer.may(permissions.READ_SENSITIVE_FINDING, home.path)
        conditions = [
            one for one in schemes.current(conn, home).eligibility.conditions if sensitive or not one.sensitive
        ]
    return flask.render_template(
        "evaluation/finding/new.html",
        branches=branches,
        home=home,
        members=members,
        conditions=conditions,
        person_id=request.args.get("person_id", ""),
    )


@blueprint.post("/")
@door.write(permissions.PROPOSE_FINDING)
def propose(conn: Connection, viewer: Viewer) -> Redirect:
    """Propose a finding."""
    finding = commands.propose(conn, viewer, door.vault(), forms.load(schemas.Proposed()))
    flask.flash("已提出。告知本人以前，本人看不到这项内容。")
    return _to(finding.id)


@blueprint.get("/<uuid:finding_id>")
@door.read(permissions.READ_FINDING)
def show(conn: Connection, viewer: Viewer, finding_id: UUID) -> str:
    """Show a finding with what may be done next; the reading is noted."""
    finding = commands.access(conn, viewer, permissions.READ_FINDING, finding_id, lock=False)
    organization = directory.get_organization(conn, viewer.tenant_id, finding.organization_id)
    scheme = schemes.version(conn, viewer.tenant_id, finding.scheme_id, finding.scheme_version)
    return flask.render_template(
        "evaluation/finding/show.html",
        finding=finding,
        text=commands.open_text(conn, viewer, finding, door.vault()),
        condition=_condition(scheme, finding),
        organization=organization,
        person=directory.get_person(conn, viewer.tenant_id, finding.person_id),
        scheme=scheme,
        own=finding.person_id == viewer.id,
        may=_may(viewer, finding, organization.path),
        quarters=_quarters(),
        next_vote=votes.next_of(conn, finding),
    )


@blueprint.post("/<uuid:finding_id>/hearing")
@door.write(permissions.DECIDE_FINDING)
def hear(conn: Connection, viewer: Viewer, finding_id: UUID) -> Redirect:
    """Tell the member."""
    commands.hear(conn, viewer, finding_id)
    flask.flash("已告知本人，申辩期开始。")
    return _to(finding_id)


@blueprint.post("/<uuid:finding_id>/reply")
@door.write(permissions.REPLY_FINDING)
def reply(conn: Connection, viewer: Viewer, finding_id: UUID) -> Redirect:
    """Reply, or waive the reply."""
    data = forms.load(schemas.Replied())
    commands.reply(conn, viewer, door.vault(), finding_id, data["text"], waived=data["waived"])
    flask.flash("已记录您放弃申辩。" if data["waived"] else "申辩已提交，支委会将一并研究。")
    return _to(finding_id)


@blueprint.post("/<uuid:finding_id>/decision")
@door.write(permissions.DECIDE_FINDING)
def decide(conn: Connection, viewer: Viewer, finding_id: UUID) -> Redirect:
    """Record the decision; the form names the participants on lines or with commas."""
    data = forms.load(schemas.DecidedOnPage())
    names = data.pop("names").replace("，", "、").replace(",", "、").replace("\n", "、").replace(" ", "、")
    commands.decide(conn, viewer, door.vault(), finding_id, {**data, "participants": names.split("、")})
    flask.flash("支委会的认定已记录。")
    return _to(finding_id)


@blueprint.post("/<uuid:finding_id>/review")
@door.write(permissions.REVIEW_FINDING)
def review(conn: Connection, viewer: Viewer, finding_id: UUID) -> Redirect:
    """Record the review."""
    data = forms.load(schemas.Reviewed())
    commands.review(conn, viewer, door.vault(), finding_id, upheld=data["upheld"], statement=data["statement"])
    flask.flash("复核意见已记录。")
    return _to(finding_id)


@blueprint.post("/<uuid:finding_id>/withdraw")
@door.write(permissions.DECIDE_FINDING)
def withdraw(conn: Connection, viewer: Viewer, finding_id: UUID) -> Redirect:
    """Take a finding back."""
    commands.withdraw(conn, viewer, door.vault(), finding_id, forms.load(schemas.Reason())["reason"])
    flask.flash("已撤回。")
    return _to(finding_id)


def _may(viewer: Viewer, finding: Finding, path: str) -> dict[str, bool]:
    """Say which forms to show; what is refused all the same is said by the rule."""
    state = str(finding.state)
    own = finding.person_id == viewer.id
    decides = viewer.may(permissions.DECIDE_FINDING, path) and not own
    running = finding.reply_until_on is None or clock.today() <= finding.reply_until_on
    reviews = viewer.may(permissions.REVIEW_FINDING, path) and not own and finding.decided_by != viewer.id
    return {
        "hear": decides and state == "proposed",
        "reply": own and state == "hearing",
        "decide": decides and (state == "replied" or (state == "hearing" and not running)),
        "wait": decides and state == "hearing" and running,
        "review": reviews and state == "decided" and bool(finding.established),
        "withdraw": decides and state in {"proposed", "hearing", "replied", "decided"},
    }


def _quarters() -> list[str]:
    """Give the quarters to choose from: the last one, whose meeting may still be ahead, this one and the next."""
    quarter = period.of(clock.today())
    return [period.previous(quarter), quarter, period.following(quarter)]


def _condition(scheme: Scheme, finding: Finding) -> Any:
    return next((one for one in scheme.eligibility.conditions if one.number == finding.condition), None)


def _to(finding_id: UUID) -> Redirect:
    return flask.redirect(f"/evaluation/findings/{finding_id}", 303)
