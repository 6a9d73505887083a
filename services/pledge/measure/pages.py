"""The page of the measures on a pledge: what was done, what is next on the ladder, replies and decisions."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.author import commands as authors
from services.pledge.author import store as together
from services.pledge.measure import commands, rules, schemas
from services.pledge.measure.domain import KIND_NAMES, STATE_NAMES, Kind, Measure, Text
from services.pledge.pledge import commands as pledges
from services.pledge.progress import commands as progress
from services.pledge.turning import PageAsked
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("measure_pages", __name__, url_prefix="/pledge/measures")


@blueprint.get("/")
@door.read(permissions.READ_MEASURE)
def show_all(conn: Connection, viewer: Viewer) -> str:
    """Show the measures on a pledge with what the viewer may do."""
    pledge_id = forms.load_from(schemas.MeasuresAsked(), request.args)["pledge_id"]
    pledge, organization = pledges.access(conn, viewer, permissions.READ_MEASURE, pledge_id)
    measures = commands.list_of_pledge(conn, viewer, door.vault(), pledge_id)
    ladder = [Kind(rung) for rung in pledges.scheme_of(conn, pledge).supervision.ladder]
    ids = [each for measure, _ in measures for each in (measure.proposed_by, measure.decided_by, measure.heard_by)]
    taken = [measure for measure, _ in measures]
    others = viewer.id != pledge.person_id and not together.is_named(conn, pledge, viewer.id)
    helps = others and viewer.may(permissions.RECORD_HELP, organization.path)
    takes = others and commands.takes(viewer, pledge.person_id, organization)
    return flask.render_template(
        "pledge/measure/list.html", pledge=pledge, organization=organization, measures=measures,
        table=progress.table(conn, pledge), ladder=ladder, kind_words=KIND_NAMES, state_words=STATE_NAMES,
        people=directory.list_named(conn, viewer.tenant_id, [one for one in ids if one]),
        whose=authors.whose(conn, [pledge]).get(pledge.id, ""), helps=helps, takes=takes,
        replies=viewer.may(permissions.REPLY_MEASURE, organization.path, person_id=pledge.person_id),
        concerned=commands.answers(viewer, pledge.person_id, organization),
        rungs=[(rung, [KIND_NAMES[one] for one in rules.left_out(rung, ladder, taken)]) for rung in ladder
               if rung is not Kind.HELP],
    )  # fmt: skip


@blueprint.get("/announcements")
@door.read(permissions.READ_ANNOUNCEMENTS)
def show_announced(conn: Connection, viewer: Viewer) -> str:
    """Show what was announced to members and masses (R-075)."""
    number = forms.load_from(PageAsked(), flask.request.args)["page"]
    page = commands.list_announced(conn, viewer, number)
    return flask.render_template("pledge/measure/announced.html", page=page)


@blueprint.post("/help")
@door.write(permissions.RECORD_HELP)
def record_help(conn: Connection, viewer: Viewer) -> Response:
    """Record that somebody was reminded and helped."""
    data = forms.load(schemas.HelpWritten())
    return _propose(conn, viewer, {**data, "kind": Kind.HELP, "skip_reason": ""}, "已登记提醒和帮助。")


@blueprint.post("/")
@door.write(permissions.TAKE_MEASURE)
def propose(conn: Connection, viewer: Viewer) -> Response:
    """Propose a measure."""
    return _propose(conn, viewer, forms.load(schemas.MeasureWritten()), "已提出，请听取本人意见后决定。")


@blueprint.post("/<uuid:measure_id>/reply")
@door.write(permissions.REPLY_MEASURE)
def reply(conn: Connection, viewer: Viewer, measure_id: UUID) -> Response:
    """Reply, or waive the reply."""
    data = forms.load(schemas.MeasureReplied())
    measure = commands.hear(
        conn, viewer, door.vault(), measure_id, data["reply"], waived=data["waived"], source=data["source"]
    )
    return _to(measure, "意见已记录。")


@blueprint.post("/<uuid:measure_id>/decision")
@door.write(permissions.TAKE_MEASURE)
def decide(conn: Connection, viewer: Viewer, measure_id: UUID) -> Response:
    """Decide, as the superior."""
    data = forms.load(schemas.MeasureDecided())
    measure = commands.decide(
        conn, viewer, door.vault(), measure_id, data["decision"], due_on=data["due_on"],
        announcement=data["announcement"],
    )  # fmt: skip
    return _to(measure, "已决定。")


@blueprint.post("/<uuid:measure_id>/drop")
@door.write(permissions.TAKE_MEASURE)
def drop(conn: Connection, viewer: Viewer, measure_id: UUID) -> Response:
    """Refrain from a measure."""
    reason = forms.load(schemas.MeasureDropped())["reason"]
    return _to(commands.drop(conn, viewer, door.vault(), measure_id, reason), "不再采取这项措施。")


@blueprint.post("/<uuid:measure_id>/acceptance")
@door.write(permissions.TAKE_MEASURE)
def accept(conn: Connection, viewer: Viewer, measure_id: UUID) -> Response:
    """Accept what was put right, or not."""
    data = forms.load(schemas.MeasureAccepted())
    measure = commands.accept(conn, viewer, door.vault(), measure_id, data["result"], passed=data["passed"])
    return _to(measure, "验收结果已登记。")


def _propose(conn: Connection, viewer: Viewer, data: dict[str, Any], said: str) -> Response:
    text = Text(data["grounds"], data["content"])
    measure = commands.propose(
        conn, viewer, door.vault(), data["pledge_id"], Kind(data["kind"]), text, item_id=data["item_id"],
        on=data["on"], skip_reason=data["skip_reason"],
    )  # fmt: skip
    return _to(measure, said)


def _to(measure: Measure, said: str) -> Response:
    flask.flash(said)
    return flask.redirect(f"/pledge/measures/?pledge_id={measure.pledge_id}#m-{measure.id}", 303)
