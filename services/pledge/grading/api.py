"""The JSON side of gradings: the call, and an elector's own credential, of which the gateway keeps no log."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.assessment import commands as assessments
from services.pledge.grading import commands, schemas, store
from services.pledge.grading.domain import Grading, Ticket
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("grading", __name__, url_prefix="/pledge/api/gradings", description="电子测评")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_ASSESSMENT)
@blueprint.arguments(schemas.Wanted, location="query")
@blueprint.response(200, schemas.GradingShown(many=True))
def list_all(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Grading]:
    """List the gradings of an occasion, void ones too."""
    assessments.access(conn, viewer, permissions.READ_ASSESSMENT, data["assessment_id"])
    return store.list_of(conn, viewer.tenant_id, data["assessment_id"])


@blueprint.route("", methods=["POST"])
@door.write(permissions.RUN_ASSESSMENT)
@blueprint.arguments(schemas.GradingCalled)
@blueprint.response(201, schemas.GradingShown)
def call(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Grading:
    """Call the grading of an occasion; one or two tellers open it in ballot."""
    return commands.call(conn, viewer, door.vault(), **data)


@blueprint.route("/<uuid:ballot_id>", methods=["GET"])
@door.read(permissions.READ_ASSESSMENT)
@blueprint.response(200, schemas.GradingShown)
def show(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Grading:
    """Show how far a grading has come."""
    return commands.access(conn, viewer, permissions.READ_ASSESSMENT, ballot_id)


@blueprint.route("/<uuid:ballot_id>/credential", methods=["GET"])
@door.read(permissions.TAKE_CREDENTIAL)
@blueprint.response(200, schemas.TicketShown)
def read_credential(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Ticket:
    """Give the elector who is signed in the own credential, and whom and what each line means."""
    return commands.ticket(conn, viewer, door.vault(), ballot_id)
