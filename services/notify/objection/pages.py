"""The pages of objections: raising, asking for the answer, entering paper, hearing and deciding."""

from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response as Answer

from services.notify import permissions
from services.notify.notice import store as notice_store
from services.notify.notice import view as notice_view
from services.notify.objection import commands, flood, schemas, view
from services.notify.objection.commands import Said
from services.notify.objection.domain import CHANNEL_NAMES, STATE_NAMES, UNDECIDED
from shared import clock
from shared.auth import Viewer, require
from shared.db import Connection
from shared.web import door, forms

blueprint = Blueprint("objection_pages", __name__, url_prefix="/notify")
NAMES = {"state_names": STATE_NAMES, "channel_names": CHANNEL_NAMES}


@blueprint.post("/notices/<uuid:notice_id>/objections")
@door.public_write(permissions.RAISE_OBJECTION)
def raise_objection(conn: Connection, notice_id: UUID) -> Answer:
    """Object, as anybody."""
    said = Said(**forms.load(schemas.Raise()))
    _, code = commands.raise_objection(conn, notice_id, said, door.vault(), flood.enter)
    return _received(notice_id, code)


@blueprint.get("/notices/<uuid:notice_id>/objections/paper")
@door.read(permissions.ENTER_OBJECTION)
def show_paper_form(conn: Connection, viewer: Viewer, notice_id: UUID) -> str:
    """Show the form for an objection that came on paper."""
    notice = notice_store.find(conn, notice_id)
    require(conn, viewer, permissions.ENTER_OBJECTION, notice.organization_id)
    shown = notice_view.shown(conn, notice, clock.today())
    return flask.render_template("notify/objection/paper.html", notice=shown)


@blueprint.post("/notices/<uuid:notice_id>/objections/paper")
@door.write(permissions.ENTER_OBJECTION)
def enter_objection(conn: Connection, viewer: Viewer, notice_id: UUID) -> Answer:
    """Enter an objection that came on paper."""
    data = forms.load(schemas.RaisePaper())
    received_on = data.pop("received_on")
    _, code = commands.enter_paper(
        conn, viewer, permissions.ENTER_OBJECTION, notice_id, Said(**data), received_on, door.vault()
    )
    return _received(notice_id, code)


@blueprint.route("/objections/answer", methods=["GET", "POST"])
@door.public_read(permissions.ASK_ANSWER)
def ask_answer(conn: Connection) -> str:
    """Ask for the answer with the code; it is posted, so that it stands in no address."""
    door.viewer_or_none(conn)
    found = None
    if flask.request.method == "POST":
        found = view.answer(conn, forms.load(schemas.Ask())["code"], door.vault())
    return flask.render_template("notify/objection/answer.html", found=found, **NAMES)


@blueprint.get("/objections/")
@door.read(permissions.HANDLE_OBJECTION)
def list_objections(conn: Connection, viewer: Viewer) -> str:
    """Show the objections that the viewer may handle, the undecided first."""
    number = forms.load_from(schemas.ObjectionsAsked(), flask.request.args)["page"]
    found = view.page(conn, viewer, permissions.HANDLE_OBJECTION, number)
    return flask.render_template(
        "notify/objection/list.html", objections=found, number=number, more=len(found) == view.PAGE, **NAMES
    )


@blueprint.get("/objections/<uuid:objection_id>")
@door.read(permissions.HANDLE_OBJECTION)
def show_objection(conn: Connection, viewer: Viewer, objection_id: UUID) -> str:
    """Show an objection to its handler."""
    objection = commands.access(conn, viewer, permissions.HANDLE_OBJECTION, objection_id, change=False)
    return flask.render_template(
        "notify/objection/show.html",
        objection=view.whole(conn, objection, door.vault()),
        undecided=objection.state in UNDECIDED,
        **NAMES,
    )


@blueprint.post("/objections/<uuid:objection_id>/hearing")
@door.write(permissions.HANDLE_OBJECTION)
def hear_objection(conn: Connection, viewer: Viewer, objection_id: UUID) -> Answer:
    """Note a hearing."""
    data = forms.load(schemas.Hear())
    objection = commands.access(conn, viewer, permissions.HANDLE_OBJECTION, objection_id)
    commands.hear(conn, viewer, objection, data["note"], door.vault())
    return _back(objection_id, "已记录听取意见情况。")


@blueprint.post("/objections/<uuid:objection_id>/decision")
@door.write(permissions.HANDLE_OBJECTION)
def decide_objection(conn: Connection, viewer: Viewer, objection_id: UUID) -> Answer:
    """Decide an objection."""
    data = forms.load(schemas.DecideOnPage())
    objection = commands.access(conn, viewer, permissions.HANDLE_OBJECTION, objection_id)
    commands.decide(conn, viewer, objection, data["decision"] == "upheld", data["statement"], door.vault())
    return _back(objection_id, "已作出决定，提出人可凭查询码看到处理意见。")


def _received(notice_id: UUID, code: str) -> Answer:
    spaced = " ".join(code[start : start + 4] for start in range(0, len(code), 4))
    flask.flash(f"异议已收到。查询码：{spaced}。请记下，凭它可查询答复；本页关闭后不再显示。")
    return flask.redirect(flask.url_for("notice_pages.show_notice", notice_id=notice_id), 303)


def _back(objection_id: UUID, sentence: str) -> Answer:
    flask.flash(sentence)
    return flask.redirect(flask.url_for("objection_pages.show_objection", objection_id=objection_id), 303)
