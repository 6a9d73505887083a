"""The pages of 审诺: the queue, and one pledge with its rounds."""

from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response as Answer

from services.pledge import permissions
from services.pledge.pledge.domain import FORM_NAMES, KIND_NAMES, TRIGGER_NAMES, VERSION_NAMES
from services.pledge.review import commands, reading, schemas
from services.pledge.review.domain import STEP_NAMES, Step, Verdict
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door, forms

blueprint = Blueprint("review_pages", __name__, url_prefix="/pledge/reviews")
NAMES = {"form_names": FORM_NAMES, "pledge_kinds": KIND_NAMES, "trigger_names": TRIGGER_NAMES,
         "version_names": VERSION_NAMES, "step_names": STEP_NAMES}  # fmt: skip


@blueprint.get("/")
@door.read(permissions.REVIEW)
def list_waiting(conn: Connection, viewer: Viewer) -> str:
    """Show what waits for a decision, and what was sent back and is to be followed up."""
    page = forms.load_from(schemas.QueueAsked(), flask.request.args)["page"]
    return flask.render_template(
        "pledge/review/list.html",
        queue=reading.queue(conn, viewer, page),
        followed=reading.followed(conn, viewer),
        most=reading.MOST,
        **NAMES,
    )


@blueprint.get("/<uuid:pledge_id>")
@door.read(permissions.READ_REVIEWS)
def show(conn: Connection, viewer: Viewer, pledge_id: UUID) -> str:
    """Show a pledge to its reviewer, or its rounds to its pledger."""
    case = reading.show(conn, viewer, pledge_id)
    return flask.render_template("pledge/review/show.html", case=case, longest=schemas.LONGEST, **NAMES)


@blueprint.post("/<uuid:pledge_id>")
@door.write(permissions.REVIEW)
def decide(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Answer:
    """Pass a pledge or send it back."""
    data = forms.load(schemas.VerdictPosted())
    passed = data.pop("outcome") == "passed"
    verdict = Verdict(**{**data, "step": Step(data["step"])}, passed=passed)
    review = commands.decide(conn, viewer, pledge_id, verdict)
    flask.flash("审诺通过。" if review.passed else "已退回修改，意见已告知本人。")
    return flask.redirect(flask.url_for("review_pages.list_waiting"), 303)
