"""The JSON side of elections: calling and reading them under the meeting they belong to."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.evaluation import permissions
from services.evaluation.election import commands, remedies, results, schemas
from services.evaluation.meeting.domain import Meeting
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "election", __name__, url_prefix="/evaluation/api", description="发起投票与选举结果"
)


@blueprint.route("/meetings/<uuid:meeting_id>/ballot", methods=["POST"])
@door.write(permissions.CALL_BALLOT)
@blueprint.arguments(schemas.Called)
@blueprint.response(201, schemas.ElectionShown)
def call(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> dict[str, Any]:
    """Call the secret ballot; every obstacle is listed at once."""
    election = commands.call(conn, viewer, door.vault(), meeting_id, **data)
    return schemas.shown(election, None, winners_only=True)


@blueprint.route("/meetings/<uuid:meeting_id>/ballot", methods=["GET"])
@door.read(permissions.READ_ELECTION)
@blueprint.response(200, schemas.ElectionShown(many=True))
def read_all(conn: Connection, viewer: Viewer, meeting_id: UUID) -> list[dict[str, Any]]:
    """Show the ballots of a meeting in their order."""
    return results.list_of_meeting(conn, viewer, meeting_id)


@blueprint.route("/meetings/<uuid:meeting_id>/no-election", methods=["POST"])
@door.write(permissions.CALL_BALLOT)
@blueprint.arguments(schemas.NotElecting)
@blueprint.response(200, schemas.NoElectionShown)
def resolve_no_election(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> Meeting:
    """Resolve to elect nobody this quarter, with a reason."""
    return commands.resolve_no_election(conn, viewer, meeting_id, data["reason"])


@blueprint.route("/meetings/<uuid:meeting_id>/second-round", methods=["POST"])
@door.write(permissions.CALL_BALLOT)
@blueprint.arguments(schemas.SecondRound)
@blueprint.response(201, schemas.ElectionShown)
def call_second(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> dict[str, Any]:
    """Call the second round for places that too few passed for, where the scheme has one."""
    election = remedies.call_second(conn, viewer, door.vault(), meeting_id)
    return schemas.shown(election, None, winners_only=True)


@blueprint.route("/meetings/<uuid:meeting_id>/fewer-places", methods=["POST"])
@door.write(permissions.CALL_BALLOT)
@blueprint.arguments(schemas.FewerPlaces)
@blueprint.response(200, schemas.ElectionShown)
def reduce(conn: Connection, viewer: Viewer, data: dict[str, Any], meeting_id: UUID) -> dict[str, Any]:
    """Record that more than half of those entitled agreed to fewer places, where the scheme allows it."""
    return schemas.shown(remedies.reduce(conn, viewer, meeting_id, **data), None, winners_only=True)


@blueprint.route("/ballots/<uuid:ballot_id>", methods=["GET"])
@door.read(permissions.READ_ELECTION)
@blueprint.response(200, schemas.ElectionShown)
def read(conn: Connection, viewer: Viewer, ballot_id: UUID) -> dict[str, Any]:
    """Show one ballot."""
    return results.read(conn, viewer, ballot_id)
