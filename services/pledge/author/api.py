"""The JSON side of those who promise together."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.author import commands, schemas
from services.pledge.pledge.domain import Pledge
from services.pledge.pledge.schemas import PledgeShort
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("author", __name__, url_prefix="/pledge/api/pledges", description="共同承诺人")


@blueprint.route("/<uuid:pledge_id>/answer", methods=["POST"])
@door.write(permissions.ANSWER_AUTHOR)
@blueprint.arguments(schemas.WordGiven)
@blueprint.response(200, PledgeShort)
def answer(conn: Connection, viewer: Viewer, data: dict[str, Any], pledge_id: UUID) -> Pledge:
    """Say, as somebody who is named on a pledge, that one joins or that it is a mistake."""
    return commands.answer(conn, viewer, pledge_id, joins=data["joins"])
