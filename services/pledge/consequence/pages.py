"""The page of one step: the facts, the reply, the decision."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.consequence import commands, schemas
from services.pledge.consequence.domain import CONSEQUENCE_NAMES, STEP_NAMES, Step
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("consequence_pages", __name__, url_prefix="/pledge")


@blueprint.post("/appraisals/<uuid:appraisal_id>/consequences")
@door.write(permissions.PROPOSE_CONSEQUENCE)
def propose(conn: Connection, viewer: Viewer, appraisal_id: UUID) -> Response:
    """Propose a step."""
    data: dict[str, Any] = forms.load(schemas.ConsequenceProposed())
    made = commands.propose(conn, viewer, door.vault(), appraisal_id, **{**data, "step": Step(data["step"])})
    flask.flash("已提出，请本人申辩；由另一人决定。")
    return _back(made.id)


@blueprint.get("/consequences/<uuid:consequence_id>")
@door.read(permissions.READ_CONSEQUENCE)
def show(conn: Connection, viewer: Viewer, consequence_id: UUID) -> str:
    """Show one to the member or to who appraises; the reading is noted."""
    found, words = commands.read(conn, viewer, door.vault(), consequence_id)
    return flask.render_template(
        "pledge/consequence/show.html", one=found, words=words, step_names=STEP_NAMES,
        state_names=CONSEQUENCE_NAMES, mine=viewer.id == found.person_id,
        person=directory.get_person(conn, viewer.tenant_id, found.person_id),
        decides=viewer.id not in {found.person_id, found.proposed_by},
    )  # fmt: skip


@blueprint.post("/consequences/<uuid:consequence_id>/hear")
@door.write(permissions.HEAR_CONSEQUENCE)
def hear(conn: Connection, viewer: Viewer, consequence_id: UUID) -> Response:
    """Reply."""
    commands.hear(conn, viewer, door.vault(), consequence_id, **forms.load(schemas.Heard()))
    flask.flash("申辩已记录。")
    return _back(consequence_id)


@blueprint.post("/consequences/<uuid:consequence_id>/decide")
@door.write(permissions.DECIDE_CONSEQUENCE)
def decide(conn: Connection, viewer: Viewer, consequence_id: UUID) -> Response:
    """Decide."""
    commands.decide(conn, viewer, door.vault(), consequence_id, **forms.load(schemas.Decided()))
    flask.flash("已记录决定。")
    return _back(consequence_id)


def _back(consequence_id: UUID) -> Response:
    return flask.redirect(f"/pledge/consequences/{consequence_id}", 303)
