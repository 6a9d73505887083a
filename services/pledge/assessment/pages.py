"""The pages of occasions of 评诺: the list with the form to open one, one occasion, public results."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.assessment import commands, reading, schemas
from services.pledge.assessment.commands import Opening
from services.pledge.assessment.domain import ASSESSMENT_NAMES, SCOPE_NAMES, SOURCE_NAMES, AssessmentKind
from services.pledge.assessment.rules import SCOPES
from services.pledge.turning import PageAsked
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door, forms

blueprint = Blueprint("assessment_pages", __name__, url_prefix="/pledge/assessments")


@blueprint.get("/")
@door.read(permissions.LIST_ASSESSMENTS)
def show_all(conn: Connection, viewer: Viewer) -> str:
    """List occasions; who runs them gets the form to open one."""
    number = forms.load_from(PageAsked(), flask.request.args)["page"]
    places = reading.list_openable(conn, viewer) if viewer.holds(permissions.RUN_ASSESSMENT) else []
    return flask.render_template(
        "pledge/assessment/list.html", page=reading.list_mine(conn, viewer, number),
        places=[one.organization for one in places], kind_names=ASSESSMENT_NAMES, year=clock.today().year,
        instant=reading.list_instant(conn, viewer, places),
    )  # fmt: skip


@blueprint.post("/")
@door.write(permissions.RUN_ASSESSMENT)
def open_(conn: Connection, viewer: Viewer) -> Response:
    """Open an occasion."""
    data: dict[str, Any] = forms.load(schemas.AssessmentOpened())
    made = commands.open_(conn, viewer, Opening(**{**data, "kind": AssessmentKind(data["kind"])}))
    flask.flash("评诺已经开始，请通知党员自评。")
    return _back(made.id)


@blueprint.get("/<uuid:assessment_id>")
@door.read(permissions.READ_ASSESSMENT)
def show(conn: Connection, viewer: Viewer, assessment_id: UUID) -> str:
    """Show an occasion with what is still to be done."""
    view = reading.show(conn, viewer, assessment_id)
    widest = SCOPES.index(view.scheme.appraisal.scope)
    return flask.render_template(
        "pledge/assessment/show.html", view=view, one=view.assessment, kind_names=ASSESSMENT_NAMES,
        source_names=SOURCE_NAMES, scope_names=SCOPE_NAMES, scopes=SCOPES[1 : widest + 1],
        undecided=sum(row.state == "open" for row in view.rows),
    )  # fmt: skip


@blueprint.post("/<uuid:assessment_id>/refresh")
@door.write(permissions.RUN_ASSESSMENT)
def refresh(conn: Connection, viewer: Viewer, assessment_id: UUID) -> Response:
    """Add later pledges."""
    flask.flash(f"新增{commands.refresh(conn, viewer, assessment_id)}份。")
    return _back(assessment_id)


@blueprint.post("/<uuid:assessment_id>/invite")
@door.write(permissions.RUN_ASSESSMENT)
def invite(conn: Connection, viewer: Viewer, assessment_id: UUID) -> Response:
    """Say how many are asked."""
    data = forms.load(schemas.Invited())
    commands.invite(conn, viewer, assessment_id, data["invited"], data["coded"])
    flask.flash("已保存。")
    return _back(assessment_id)


@blueprint.post("/<uuid:assessment_id>/close-forms")
@door.write(permissions.RUN_ASSESSMENT)
def close_forms(conn: Connection, viewer: Viewer, assessment_id: UUID) -> Response:
    """Take no more forms."""
    commands.close_forms(conn, viewer, assessment_id)
    flask.flash("已停止收表，可以查看汇总、进行评定。")
    return _back(assessment_id)


@blueprint.post("/<uuid:assessment_id>/publish")
@door.write(permissions.RUN_ASSESSMENT)
def publish(conn: Connection, viewer: Viewer, assessment_id: UUID) -> Response:
    """Show the results."""
    commands.publish(conn, viewer, assessment_id, forms.load(schemas.ResultsPublished())["scope"])
    flask.flash("评议结果已经公示。")
    return _back(assessment_id)


@blueprint.get("/<uuid:assessment_id>/results")
@door.public_read(permissions.READ_RESULTS)
def results(conn: Connection, assessment_id: UUID) -> str:
    """Show public results."""
    assessment, organization, rows = reading.results(conn, door.viewer_or_none(conn), assessment_id)
    return flask.render_template(
        "pledge/assessment/results.html", one=assessment, organization=organization, rows=rows, scope_names=SCOPE_NAMES
    )


def _back(assessment_id: UUID) -> Response:
    return flask.redirect(f"/pledge/assessments/{assessment_id}", 303)
