"""The pages of opinions: giving, asking for the answer, entering paper, reading and answering."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response as Answer

from services.pledge import permissions
from services.pledge.opinion import commands, flood, schemas, view
from services.pledge.opinion.domain import CHANNEL_NAMES, Said
from services.pledge.opinion.rules import LONGEST
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("opinion_pages", __name__, url_prefix="/pledge/opinions")


@blueprint.post("/")
@door.public_write(permissions.GIVE_OPINION)
def give(conn: Connection) -> Answer:
    """Give an opinion, as anybody."""
    said: Said = forms.load(schemas.OpinionGiven())["said"]
    _, code = commands.give(conn, door.viewer_or_none(conn), said, door.vault(), flood.enter)
    flask.flash(f"意见已收到。查询码：{_spaced(code)}。请记下，凭它可查询答复；本页关闭后不再显示。")
    if said.pledge_id:
        return flask.redirect(flask.url_for("wall_pages.show_pledge", pledge_id=said.pledge_id), 303)
    return flask.redirect(flask.url_for("wall_pages.show", organization_id=said.organization_id), 303)


@blueprint.route("/answer", methods=["GET", "POST"])
@door.public_read(permissions.ASK_OPINION)
def ask(conn: Connection) -> str:
    """Ask for the answer with the code; it is posted, so that it stands in no address."""
    door.viewer_or_none(conn)
    found = None
    if flask.request.method == "POST":
        found = view.answer(conn, forms.load(schemas.Ask())["code"], door.vault())
    return flask.render_template("pledge/opinion/answer.html", found=found)


@blueprint.get("/")
@door.read(permissions.HANDLE_OPINION)
def list_opinions(conn: Connection, viewer: Viewer) -> str:
    """Show the opinions that one may handle, and the organisations for which one may enter paper."""
    places = directory.list_at(conn, viewer.tenant_id, viewer.places(permissions.ENTER_OPINION))
    return flask.render_template(
        "pledge/opinion/list.html",
        opinions=view.list_handled(conn, viewer),
        places=[one for place in places for one in directory.list_below(conn, place)
                if viewer.may(permissions.ENTER_OPINION, one.path)],
        channel_names=CHANNEL_NAMES, longest=LONGEST, now=clock.today(),
    )  # fmt: skip


@blueprint.post("/paper")
@door.write(permissions.ENTER_OPINION)
def enter_paper(conn: Connection, viewer: Viewer) -> Answer:
    """Enter an opinion out of the 意见箱."""
    data: dict[str, Any] = forms.load(schemas.OpinionEntered())
    opinion, code = commands.enter_paper(conn, viewer, data["said"], data["received_on"], door.vault())
    flask.flash(f"已登记。查询码：{_spaced(code)}，可以告诉提意见的人。")
    return _back(opinion.id)


@blueprint.get("/<uuid:opinion_id>")
@door.read(permissions.HANDLE_OPINION)
def show(conn: Connection, viewer: Viewer, opinion_id: UUID) -> str:
    """Show an opinion to an officer; the reading is noted."""
    opinion = commands.access(conn, viewer, opinion_id, change=False)
    return flask.render_template(
        "pledge/opinion/show.html",
        opinion=view.whole(conn, opinion, door.vault()),
        channel_names=CHANNEL_NAMES,
        longest=LONGEST,
    )


@blueprint.post("/<uuid:opinion_id>/answer")
@door.write(permissions.HANDLE_OPINION)
def answer(conn: Connection, viewer: Viewer, opinion_id: UUID) -> Answer:
    """Answer an opinion."""
    commands.answer(conn, viewer, opinion_id, forms.load(schemas.AnswerWritten())["answer"], door.vault())
    flask.flash("已答复，提意见的人可凭查询码看到。")
    return _back(opinion_id)


def _spaced(code: str) -> str:
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _back(opinion_id: UUID) -> Answer:
    return flask.redirect(flask.url_for("opinion_pages.show", opinion_id=opinion_id), 303)
