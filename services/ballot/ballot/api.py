"""JSON endpoints: ballots listed and shown, and annulled by the secretary."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.ballot import permissions
from services.ballot.ballot import commands, schemas, view
from services.ballot.ballot.domain import Ballot
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("ballot", __name__, url_prefix="/ballot/api/ballots", description="投票")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_BALLOT)
@blueprint.arguments(schemas.List, location="query")
@blueprint.response(200, schemas.BallotListed(many=True))
def list_ballots(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Ballot]:
    """List the ballots within reach, the newest first, fifty to a page."""
    return commands.list_reached(conn, viewer, data["organization_id"], data["page"])


@blueprint.route("/<uuid:ballot_id>", methods=["GET"])
@door.read(permissions.READ_BALLOT)
@blueprint.response(200, schemas.BallotShown)
def show_ballot(conn: Connection, viewer: Viewer, ballot_id: UUID) -> view.View:
    """Show one ballot; totals only once they stand and to those entitled."""
    return view.show(conn, viewer, ballot_id)


@blueprint.route("/<uuid:ballot_id>/annul", methods=["POST"])
@door.write(permissions.ANNUL_BALLOT)
@blueprint.arguments(schemas.Annul)
@blueprint.response(200, schemas.BallotShown)
def annul_ballot(conn: Connection, viewer: Viewer, data: dict[str, Any], ballot_id: UUID) -> view.View:
    """Make a ballot void, with the reason that is announced; it is repeated, never edited."""
    commands.annul(conn, viewer, ballot_id, data["reason"])
    return view.show(conn, viewer, ballot_id)
