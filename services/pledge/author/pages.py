"""The page side of those who promise together: the answer to being named."""

from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.author import commands, schemas
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door, forms

blueprint = Blueprint("author_pages", __name__, url_prefix="/pledge/pledges")


@blueprint.post("/<uuid:pledge_id>/answer")
@door.write(permissions.ANSWER_AUTHOR)
def answer(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Response:
    """Keep what somebody who is named says of it."""
    joins = forms.load(schemas.WordGiven())["joins"]
    commands.answer(conn, viewer, pledge_id, joins=joins)
    flask.flash("已确认共同承诺。" if joins else "已说明不参加，您的姓名不再出现在这份承诺上。")
    return flask.redirect(f"/pledge/pledges/{pledge_id}" if joins else "/pledge/", 303)
