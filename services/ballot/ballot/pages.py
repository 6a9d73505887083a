"""Pages of ballots: the list, one ballot through its ceremony, the sheet that is read aloud."""

from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response

from services.ballot import permissions
from services.ballot.ballot import commands, schemas, view
from services.ballot.ballot.domain import STATE_NAMES
from services.ballot.ballot.schemas import List
from shared.auth import Viewer
from shared.db import Connection
from shared.errors import RuleBroken
from shared.web import door, forms

blueprint = Blueprint("ballot_pages", __name__, url_prefix="/ballot/ballots")


class NothingToAnnounce(RuleBroken):
    """计票结果还没有复核，不能宣布。"""


@blueprint.get("/")
@door.read(permissions.READ_BALLOT)
def list_ballots(conn: Connection, viewer: Viewer) -> str:
    """Show the ballots within reach, the newest first."""
    asked = forms.load_from(List(), flask.request.args)
    found = commands.list_reached(conn, viewer, asked["organization_id"], asked["page"])
    return flask.render_template(
        "ballot/ballot/list.html",
        ballots=found,
        names=commands.branch_names(conn, found),
        state_names=STATE_NAMES,
        asked=asked,
        more=len(found) == commands.PAGE,
    )


@blueprint.get("/<uuid:ballot_id>")
@door.read(permissions.READ_BALLOT)
def show_ballot(conn: Connection, viewer: Viewer, ballot_id: UUID) -> str:
    """Show one ballot and, to who may act, the next step of the ceremony."""
    found = view.show(conn, viewer, ballot_id)
    return flask.render_template("ballot/ballot/show.html", view=found, ballot=found.ballot)


@blueprint.get("/<uuid:ballot_id>/announcement")
@door.read(permissions.SEE_TOTALS)
def show_announcement(conn: Connection, viewer: Viewer, ballot_id: UUID) -> str:
    """Show in large type what the teller reads aloud. Raises `NothingToAnnounce`."""
    commands.access(conn, viewer, permissions.SEE_TOTALS, ballot_id)
    found = view.show(conn, viewer, ballot_id)
    if not found.ballot.announcement:
        raise NothingToAnnounce
    return flask.render_template("ballot/ballot/announcement.html", view=found, ballot=found.ballot)


@blueprint.post("/<uuid:ballot_id>/annul")
@door.write(permissions.ANNUL_BALLOT)
def annul_ballot(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Response:
    """Make a ballot void by the secretary's decision."""
    commands.annul(conn, viewer, ballot_id, forms.load(schemas.Annul())["reason"])
    flask.flash("本次投票已宣布作废，可在会议页面重新组织投票。")
    return flask.redirect(f"/ballot/ballots/{ballot_id}", 303)
