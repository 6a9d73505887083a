"""The page of one's own portrait."""

import io

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.portrait import commands, store
from services.pledge.portrait.rules import MOST_BYTES, PortraitMissing
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("portrait_pages", __name__, url_prefix="/pledge/portrait")


@blueprint.get("/")
@door.read(permissions.SET_PORTRAIT)
def show(conn: Connection, viewer: Viewer) -> str:
    """Show one's own portrait with the form to change it."""
    has = viewer.id in store.list_of(conn, viewer.tenant_id, [viewer.id])
    return flask.render_template("pledge/portrait/show.html", has=has)


@blueprint.get("/mine.jpg")
@door.read(permissions.SET_PORTRAIT)
def read(conn: Connection, viewer: Viewer) -> Response:
    """Give one's own portrait."""
    return flask.send_file(io.BytesIO(commands.own(conn, viewer)), mimetype="image/jpeg", max_age=0)


@blueprint.post("/")
@door.write(permissions.SET_PORTRAIT)
def keep(conn: Connection, viewer: Viewer) -> Response:
    """Keep an uploaded picture."""
    file = request.files.get("file")
    if file is None:
        raise PortraitMissing
    commands.keep(conn, viewer, file.read(MOST_BYTES + 1))
    flask.flash("照片已保存，打印岗位牌时使用。")
    return flask.redirect("/pledge/portrait/", 303)


@blueprint.post("/remove")
@door.write(permissions.SET_PORTRAIT)
def remove(conn: Connection, viewer: Viewer) -> Response:
    """Remove it."""
    commands.remove(conn, viewer)
    flask.flash("照片已删除，岗位牌上留出贴照片处。")
    return flask.redirect("/pledge/portrait/", 303)
