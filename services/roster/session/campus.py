"""The door from the campus's own sign-in: OpenID Connect with PKCE; present only where the environment names it."""

from typing import Any

import flask
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, request
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from services.roster import permissions
from services.roster.session import commands, rules, tickets
from shared.config import Campus
from shared.errors import Refusal
from shared.web import door

blueprint = Blueprint("campus_pages", __name__, url_prefix="/roster/sign-in/campus")
PATIENCE = 5
"""Seconds to wait for the campus's server, so that a dead one does not hold our threads."""


def register(app: Flask, campus: Campus | None) -> None:
    """Make the client of the campus's server; its addresses are read when somebody first signs in."""
    if campus is None:
        return
    OAuth(app).register(
        name="campus",
        client_id=campus.client_id,
        client_secret=campus.client_secret,
        server_metadata_url=f"{campus.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )


@blueprint.get("")
def leave() -> Response:
    """Send the browser to the campus's server."""
    config = tickets.config()
    flask.session["next"] = rules.local_target(request.args.get("next", ""))
    try:
        response: Response = _client().authorize_redirect(f"{config.base_url}/roster/sign-in/campus/done")
    except (AuthlibBaseError, RequestException, ValueError) as error:
        raise rules.CampusRefused from error
    return response


@blueprint.get("/done")
def come_back() -> Response:
    """Take the campus's word for who this is, and sign the person in."""
    campus = tickets.config().campus
    try:
        token = _client().authorize_access_token()
        number = str((token.get("userinfo") or {})[campus.number_claim]) if campus else ""
    except (AuthlibBaseError, JoseError, RequestException, KeyError, ValueError) as error:
        raise rules.CampusRefused from error
    with door.pool().connection() as conn:
        person = commands.sign_in_from_campus(conn, number, campus.university if campus else "")
        ticket = tickets.issue(conn, person, by_campus=True)
    return tickets.enter(ticket, rules.local_target(flask.session.pop("next", "")))


def _client() -> Any:
    clients = current_app.extensions.get("authlib.integrations.flask_client")
    if clients is None:
        raise rules.CampusAbsent
    return clients.campus


@blueprint.app_errorhandler(rules.CampusRefused)
@blueprint.app_errorhandler(rules.CampusUnknown)
def show_refusal(refusal: Refusal) -> Response:
    """Show why it did not lead in, instead of asking for a sign-in again."""
    return flask.make_response(flask.render_template("refusal.html", refusal=refusal), refusal.status)


leave.permission = permissions.SIGN_IN  # type: ignore[attr-defined]
come_back.permission = permissions.SIGN_IN  # type: ignore[attr-defined]
