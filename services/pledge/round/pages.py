"""The page of the windows: what counts, what was set, and the form to set one."""

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.round import commands, schemas
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("round_pages", __name__, url_prefix="/pledge/rounds")


@blueprint.get("/")
@door.read(permissions.READ_ROUND)
def show(conn: Connection, viewer: Viewer) -> str:
    """Show the window of a year."""
    data = forms.load_from(schemas.RoundAsked(), request.args)
    year = data["year"] or clock.today().year
    view = commands.show(conn, viewer, data["organization_id"], year)
    below = directory.list_below(conn, view.organization) if viewer.holds(permissions.SET_ROUND) else []
    may = [one for one in below if viewer.may(permissions.SET_ROUND, one.path)]
    return flask.render_template("pledge/round/show.html", view=view, year=year, may=may)


@blueprint.post("/")
@door.write(permissions.SET_ROUND)
def set_round(conn: Connection, viewer: Viewer) -> Response:
    """Set a window."""
    data = forms.load(schemas.RoundSet())
    made = commands.set_round(conn, viewer, data.pop("organization_id"), **data)
    flask.flash("已安排。提前或逾期提出的承诺照常受理。")
    return flask.redirect(f"/pledge/rounds/?organization_id={made.organization_id}&year={made.year}", 303)


@blueprint.post("/drop")
@door.write(permissions.SET_ROUND)
def drop(conn: Connection, viewer: Viewer) -> Response:
    """Drop a window."""
    data = forms.load(schemas.RoundDropped())
    commands.drop(conn, viewer, data["organization_id"], data["year"])
    flask.flash("已取消另行安排的时间。")
    return flask.redirect(f"/pledge/rounds/?organization_id={data['organization_id']}&year={data['year']}", 303)
