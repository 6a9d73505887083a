"""The JSON side of what follows a poor appraisal."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.consequence import commands, schemas
from services.pledge.consequence.domain import Consequence, Step
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("consequence", __name__, url_prefix="/pledge/api", description="批评教育和组织处理")


@blueprint.route("/appraisals/<uuid:appraisal_id>/consequences", methods=["POST"])
@door.write(permissions.PROPOSE_CONSEQUENCE)
@blueprint.arguments(schemas.ConsequenceProposed)
@blueprint.response(201, schemas.ConsequenceShown)
def propose(conn: Connection, viewer: Viewer, data: dict[str, Any], appraisal_id: UUID) -> Consequence:
    """Propose a step; the member is shown the facts and replies."""
    return commands.propose(conn, viewer, door.vault(), appraisal_id, **{**data, "step": Step(data["step"])})


@blueprint.route("/consequences/<uuid:consequence_id>", methods=["GET"])
@door.read(permissions.READ_CONSEQUENCE)
@blueprint.response(200, schemas.ConsequenceWhole)
def read(conn: Connection, viewer: Viewer, consequence_id: UUID) -> dict[str, Any]:
    """Open one with its words."""
    found, words = commands.read(conn, viewer, door.vault(), consequence_id)
    return {**vars(found), **asdict(words)}


@blueprint.route("/consequences/<uuid:consequence_id>/hear", methods=["POST"])
@door.write(permissions.HEAR_CONSEQUENCE)
@blueprint.arguments(schemas.Heard)
@blueprint.response(200, schemas.ConsequenceShown)
def hear(conn: Connection, viewer: Viewer, data: dict[str, Any], consequence_id: UUID) -> Consequence:
    """Reply, or enter what the member said."""
    return commands.hear(conn, viewer, door.vault(), consequence_id, **data)


@blueprint.route("/consequences/<uuid:consequence_id>/decide", methods=["POST"])
@door.write(permissions.DECIDE_CONSEQUENCE)
@blueprint.arguments(schemas.Decided)
@blueprint.response(200, schemas.ConsequenceShown)
def decide(conn: Connection, viewer: Viewer, data: dict[str, Any], consequence_id: UUID) -> Consequence:
    """Decide, or let it rest."""
    return commands.decide(conn, viewer, door.vault(), consequence_id, **data)
