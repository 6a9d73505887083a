"""The page from which a grading is called, and on which its state is seen."""

from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.assessment import commands as assessments
from services.pledge.grading import commands, rules, schemas, store
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("grading_pages", __name__, url_prefix="/pledge/gradings")


@blueprint.get("/<uuid:assessment_id>")
@door.read(permissions.RUN_ASSESSMENT)
def show(conn: Connection, viewer: Viewer, assessment_id: UUID) -> str:
    """Show the gradings of an occasion; who runs it can call one."""
    assessment, organization = assessments.access(conn, viewer, permissions.RUN_ASSESSMENT, assessment_id)
    scheme = assessments.scheme_of(conn, assessment)
    ready = commands.prepare(conn, assessment, organization, scheme)
    gradings = store.list_of(conn, viewer.tenant_id, assessment.id)
    people = [person_id for one in gradings for person_id in one.tellers]
    return flask.render_template(
        "pledge/grading/show.html", one=assessment, organization=organization, scheme=scheme, ready=ready,
        gradings=gradings, obstacles=rules.before_tellers(ready),
        runs=assessments.runs(viewer, permissions.RUN_ASSESSMENT, organization, scheme),
        named=directory.list_named(conn, viewer.tenant_id, people),
    )  # fmt: skip


@blueprint.post("/<uuid:assessment_id>")
@door.write(permissions.RUN_ASSESSMENT)
def call(conn: Connection, viewer: Viewer, assessment_id: UUID) -> Response:
    """Call one."""
    commands.call(conn, viewer, door.vault(), assessment_id, **forms.load(schemas.CallForm()))
    flask.flash("电子测评已发起，请监票人开始测评。")
    return flask.redirect(f"/pledge/gradings/{assessment_id}", 303)
