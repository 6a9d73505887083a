"""The JSON side of rolls: an elector's own credential. The gateway keeps no log of this path."""

from uuid import UUID

import flask_smorest

from services.evaluation import permissions
from services.evaluation.roll import commands, schemas
from services.evaluation.roll.domain import Ticket
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("roll", __name__, url_prefix="/evaluation/api", description="电子投票凭证")


@blueprint.route("/ballots/<uuid:ballot_id>/credential", methods=["GET"])
@door.read(permissions.TAKE_CREDENTIAL)
@blueprint.response(200, schemas.TicketShown)
def read(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Ticket:
    """Give the elector who is signed in the own credential, and what to read about the candidates."""
    return commands.ticket(conn, viewer, door.vault(), ballot_id)
