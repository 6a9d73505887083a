"""The page on which initial passwords are asked for, and the slips that it answers with."""

import io
from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response

from services.roster import permissions
from services.roster.first_password import commands, documents, rules, schemas
from services.roster.session import tickets
from shared.auth import Viewer
from shared.db import Connection
from shared.errors import NotAllowed, NotFound, Refusal
from shared.web import door, forms

blueprint = Blueprint("first_password_pages", __name__, url_prefix="/roster/organizations")


@blueprint.get("/<uuid:organization_id>/first-passwords")
@door.read(permissions.SET_PASSWORD)
def show(conn: Connection, viewer: Viewer, organization_id: UUID) -> str:
    """Show how many of an organisation and below have no password of their own yet, and what slips would do."""
    return _page(conn, viewer, organization_id)


def _again(conn: Connection, viewer: Viewer, refusal: Refusal, organization_id: UUID) -> str | None:
    return None if isinstance(refusal, NotAllowed | NotFound) else _page(conn, viewer, organization_id, refusal)


@blueprint.post("/<uuid:organization_id>/first-passwords")
@door.write(permissions.SET_PASSWORD, once=True, again=_again)
def make(conn: Connection, viewer: Viewer, organization_id: UUID) -> Response:
    """Make slips and give them once; the same form sent again is refused, so that what was printed stays valid."""
    whom = forms.load(schemas.SlipsWanted())["whom"]
    made = commands.make(conn, viewer, permissions.SET_PASSWORD, organization_id, whom)
    content = io.BytesIO(documents.pdf(made))
    answer = flask.send_file(content, "application/pdf", as_attachment=True, download_name="初始密码条.pdf")
    answer.headers.update(schemas.ONCE)
    return answer


def _page(conn: Connection, viewer: Viewer, organization_id: UUID, refusal: Refusal | None = None) -> str:
    return flask.render_template(
        "roster/first_password/show.html",
        found=commands.overview(conn, viewer, permissions.SET_PASSWORD, organization_id),
        at_most=rules.AT_MOST,
        campus=tickets.config().campus is not None,
        refusal=refusal,
    )
