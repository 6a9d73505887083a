"""Pages of sign-in and of one's own record."""

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.roster import permissions
from services.roster.session import commands, rules, schemas, tickets
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.errors import Refusal
from shared.web import door, forms

blueprint = Blueprint("session_pages", __name__, url_prefix="/roster")


@blueprint.get("/sign-in")
@door.public_read(permissions.SIGN_IN)
def show_sign_in(conn: Connection) -> str:
    """Ask for number and password, or offer the campus's own sign-in."""
    return _form(conn, rules.local_target(request.args.get("next", "")))


@blueprint.post("/sign-in")
@door.public_write(permissions.SIGN_IN, remember=False)
def sign_in(conn: Connection) -> Response:
    """Sign in, then go where the person wanted to; who has a password from somebody else is asked for a new one."""
    target = rules.local_target(request.form.get("next", ""))
    try:
        data = forms.load(schemas.SignIn())
        person = commands.sign_in(conn, tickets.attempt(data["number"], request.form["password"], data["university"]))
    except Refusal as refusal:  # shown above the form; a failure must stay counted, so it may not leave the door
        return flask.make_response(_form(conn, target, refusal), refusal.status)
    return tickets.enter(tickets.issue(conn, person), target)


def _form(conn: Connection, target: str, refusal: Refusal | None = None) -> str:
    return flask.render_template(
        "roster/session/sign_in.html",
        next=target,
        refusal=refusal,
        number=request.form.get("number", ""),
        universities=[(top.code, top.name) for top in directory.list_tops(conn)],
        campus=tickets.config().campus is not None,
    )


@blueprint.after_request
def keep_target_quiet(response: flask.Response) -> flask.Response:
    """Name no page to go on to where a request says which page it came from: it may be a ballot's, and be logged."""
    if request.path in {"/roster/sign-in", tickets.ME}:
        response.headers["Referrer-Policy"] = "strict-origin"
    return response


@blueprint.post("/sign-out")
@door.public_write(permissions.SIGN_IN, remember=False)
def sign_out(_conn: Connection) -> Response:
    """Forget the sign-in on this device."""
    return tickets.leave("/")


@blueprint.get("/me")
@door.read(permissions.SEE_SELF)
def show_me(conn: Connection, viewer: Viewer) -> str:
    """Show one's own record, offices and the form for a new password."""
    account = commands.account_of(conn, viewer.person)
    offices = commands.offices(conn, viewer.person)
    reset = commands.reset_of(conn, account)
    held_up = bool(flask.g.must_change)
    return flask.render_template(
        "roster/session/me.html", account=account, offices=offices, reset=reset, held_up=held_up,
        next=rules.local_target(request.args.get("next", "")),
    )  # fmt: skip


@blueprint.post("/me/password")
@door.write(permissions.CHANGE_SELF, remember=False)
def change_password(conn: Connection, viewer: Viewer) -> Response:
    """Change one's own password and go on to where the person wanted to; all other devices are signed out."""
    forms.load(schemas.ChangePassword())
    person = commands.change_password(conn, viewer, request.form["current"], request.form["new"])
    flask.flash("密码已修改，其他设备上的登录已全部退出。")
    return tickets.enter(tickets.issue(conn, person), rules.local_target(request.form.get("next", "")))


@blueprint.post("/me/sign-out-everywhere")
@door.write(permissions.CHANGE_SELF)
def sign_out_everywhere(conn: Connection, viewer: Viewer) -> Response:
    """End all of one's own sign-ins, this one too."""
    commands.sign_out_everywhere(conn, viewer.tenant_id, viewer.id)
    return tickets.leave("/roster/sign-in")
