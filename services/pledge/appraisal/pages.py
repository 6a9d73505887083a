"""The page of an appraisal: one screen per member, from the own words to the grade (R-097)."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.appraisal import commands, schemas, view
from services.pledge.appraisal.domain import Own
from services.pledge.appraisal.rules import LONGEST
from services.pledge.assessment.domain import COMMENTS, SOURCE_NAMES
from services.pledge.consequence import reading as consequences
from services.pledge.progress.domain import STATE_NAMES
from services.pledge.remark import rhythm
from services.pledge.remark.domain import KIND_NAMES as REMARK_NAMES
from shared.auth import Viewer
from shared.db import Connection
from shared.errors import Invalid
from shared.web import door, forms

blueprint = Blueprint("appraisal_pages", __name__, url_prefix="/pledge/appraisals")


@blueprint.get("/<uuid:appraisal_id>")
@door.read(permissions.READ_APPRAISAL)
def show(conn: Connection, viewer: Viewer, appraisal_id: UUID) -> str:
    """Show an appraisal with the forms that the reader may fill."""
    seen = view.show(conn, viewer, door.vault(), appraisal_id)
    path, person_id = seen.organization.path, seen.appraisal.person_id
    return flask.render_template(
        "pledge/appraisal/show.html", view=seen, one=seen.appraisal, found=seen.evidence, state_words=STATE_NAMES,
        source_names=SOURCE_NAMES, remark_names=REMARK_NAMES, named=rhythm.named,
        says="self" in seen.scheme.appraisal.sources
        and viewer.may(permissions.APPRAISE_SELF, path, person_id=person_id),
        sources=[one for one in COMMENTS if one in seen.scheme.appraisal.sources] if seen.judges else [],
        replies=viewer.may(permissions.REPLY_APPRAISAL, path, person_id=person_id),
        steps=consequences.list_of(conn, viewer, seen.appraisal),
        proposes=seen.judges and person_id is not None and not seen.open,
    )  # fmt: skip


@blueprint.post("/<uuid:appraisal_id>/self")
@door.write(permissions.APPRAISE_SELF)
def say_own(conn: Connection, viewer: Viewer, appraisal_id: UUID) -> Response:
    """Say something of the own pledge."""
    posted = flask.request.form
    data: dict[str, Any] = forms.load(schemas.OwnWritten(exclude=["matters"]))  # the matters come as m-<id>
    matters = {name[2:]: text.strip() for name, text in posted.items() if name.startswith("m-") and text.strip()}
    if any(len(text) > LONGEST for text in matters.values()):
        raise Invalid(details=[f"逐项自评：每项不超过{LONGEST}字。"])
    own = Own(matters, data["own"].text, data["own"].grade)
    commands.say_own(conn, viewer, door.vault(), appraisal_id, own, data["entry_reason"])
    flask.flash("自评已保存，评定以前可以修改。")
    return _back(appraisal_id)


@blueprint.post("/<uuid:appraisal_id>/comment")
@door.write(permissions.COMMENT_APPRAISAL)
def comment(conn: Connection, viewer: Viewer, appraisal_id: UUID) -> Response:
    """Comment."""
    said: Any = forms.load(schemas.CommentWritten())
    commands.comment(conn, viewer, door.vault(), appraisal_id, said)
    flask.flash("评语已保存，评定以前可以修改。")
    return _back(appraisal_id)


@blueprint.post("/<uuid:appraisal_id>/decide")
@door.write(permissions.DECIDE_APPRAISAL)
def decide(conn: Connection, viewer: Viewer, appraisal_id: UUID) -> Response:
    """Decide."""
    commands.decide(conn, viewer, door.vault(), appraisal_id, **forms.load(schemas.Decision()))
    flask.flash("已评定，系统已通知本人。")
    return _back(appraisal_id)


@blueprint.post("/<uuid:appraisal_id>/reply")
@door.write(permissions.REPLY_APPRAISAL)
def reply(conn: Connection, viewer: Viewer, appraisal_id: UUID) -> Response:
    """Say something to the result."""
    commands.reply(conn, viewer, door.vault(), appraisal_id, **forms.load(schemas.ReplyWritten()))
    flask.flash("意见已记录。")
    return _back(appraisal_id)


def _back(appraisal_id: UUID) -> Response:
    return flask.redirect(f"/pledge/appraisals/{appraisal_id}", 303)
