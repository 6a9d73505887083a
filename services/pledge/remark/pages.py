"""The page of a period: every pledger of an organisation with a line for the remark, and the summary."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.pledge import posted
from services.pledge.progress.domain import STATE_NAMES
from services.pledge.remark import commands, rhythm, schemas
from services.pledge.remark.domain import KIND_NAMES
from services.pledge.supervision import places
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door, forms

blueprint = Blueprint("remark_pages", __name__, url_prefix="/pledge/remarks")


@blueprint.get("/")
@door.read(permissions.READ_REMARKS)
def show(conn: Connection, viewer: Viewer) -> str:
    """Show a period of an organisation: the own one and the present period when nothing is named."""
    asked = forms.load_from(schemas.PageAsked(), request.args)
    choice = places.chosen(conn, viewer, permissions.READ_REMARKS, asked["organization_id"])
    rules = schemes.current(conn, choice.organization).supervision
    period = asked["period"] or rhythm.of(clock.today(), rules.rhythm)
    return flask.render_template(
        "pledge/remark/show.html", view=commands.overview(conn, viewer, choice.organization.id, period),
        places=choice.others, kind_words=KIND_NAMES, state_words=STATE_NAMES, name=rhythm.named(period),
        before=rhythm.previous(period), after=rhythm.following(period), named=rhythm.named,
        due_on=rhythm.due_on(period, rules.due_day), ahead=rhythm.first_day(period) > clock.today(),
        writes=viewer.may(permissions.WRITE_REMARKS, choice.organization.path),
    )  # fmt: skip


@blueprint.post("/")
@door.write(permissions.WRITE_REMARKS)
def write(conn: Connection, viewer: Viewer) -> Response:
    """Keep the lines in which something was chosen."""
    data = posted.load(schemas.RemarksWritten(), _posted())
    made = commands.write(conn, viewer, data["organization_id"], data["period"], data["remarks"])
    flask.flash(f"已保存{len(made)}人的点评。" if made else "没有改动。")
    return _to(data["organization_id"], data["period"])


@blueprint.post("/summaries")
@door.write(permissions.WRITE_REMARKS)
def sum_up(conn: Connection, viewer: Viewer) -> Response:
    """Keep the summary."""
    data = forms.load(schemas.PeriodSummaryWritten())
    commands.sum_up(conn, viewer, **data)
    flask.flash("梳理总结已保存。")
    return _to(data["organization_id"], data["period"])


def _posted() -> dict[str, Any]:
    """Give the form as the JSON side takes it: three columns of the same length."""
    form = request.form
    columns = zip(form.getlist("person_id"), form.getlist("kind"), form.getlist("text"), strict=False)
    rows = [{"person_id": person_id, "kind": kind, "text": text} for person_id, kind, text in columns if kind]
    return {"organization_id": form.get("organization_id"), "period": form.get("period"), "remarks": rows}


def _to(organization_id: UUID, period: str) -> Response:
    return flask.redirect(f"/pledge/remarks/?organization_id={organization_id}&period={period}", 303)
