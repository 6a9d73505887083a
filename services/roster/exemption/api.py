"""JSON endpoints on exemptions."""

from typing import Any
from uuid import UUID

from flask import current_app
from flask_smorest import Blueprint

from services.roster import permissions
from services.roster.exemption import commands, schemas
from services.roster.exemption.commands import Reason
from services.roster.exemption.domain import Exemption, Ground
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("exemption", __name__, url_prefix="/roster/api", description="免予参加和不计入应到会")


@blueprint.route("/people/<uuid:person_id>/exemption", methods=["POST"])
@door.write(permissions.ASK_EXEMPTION)
@blueprint.arguments(schemas.ExemptionRequest)
@blueprint.response(201, schemas.ExemptionShown)
def ask(conn: Connection, viewer: Viewer, data: dict[str, Any], person_id: UUID) -> Exemption:
    """Ask the superior to let a member stay away (R-014) or not be counted among those entitled."""
    reason = Reason(Ground(data.pop("ground")), data.pop("reason"))
    vault = current_app.extensions["vault"]
    return commands.ask(conn, viewer, permissions.ASK_EXEMPTION, vault, person_id, reason=reason, **data)


@blueprint.route("/exemptions/<uuid:exemption_id>/consent", methods=["POST"])
@door.write(permissions.DECIDE_EXEMPTION)
@blueprint.arguments(schemas.ExemptionDecision)
@blueprint.response(200, schemas.ExemptionShown)
def consent(conn: Connection, viewer: Viewer, data: dict[str, Any], exemption_id: UUID) -> Exemption:
    """Consent, as the superior; only then it works."""
    return commands.decide(conn, viewer, permissions.DECIDE_EXEMPTION, exemption_id, consents=True, **data)


@blueprint.route("/exemptions/<uuid:exemption_id>/refuse", methods=["POST"])
@door.write(permissions.DECIDE_EXEMPTION)
@blueprint.arguments(schemas.ExemptionDecision)
@blueprint.response(200, schemas.ExemptionShown)
def refuse(conn: Connection, viewer: Viewer, data: dict[str, Any], exemption_id: UUID) -> Exemption:
    """Refuse, as the superior."""
    return commands.decide(conn, viewer, permissions.DECIDE_EXEMPTION, exemption_id, consents=False, **data)


@blueprint.route("/exemptions/<uuid:exemption_id>/end", methods=["POST"])
@door.write(permissions.ASK_EXEMPTION)
@blueprint.response(200, schemas.ExemptionShown)
def end(conn: Connection, viewer: Viewer, exemption_id: UUID) -> Exemption:
    """End an exemption before its time."""
    return commands.end(conn, viewer, permissions.ASK_EXEMPTION, exemption_id)


@blueprint.route("/exemptions/<uuid:exemption_id>/reason", methods=["GET"])
@door.read(permissions.READ_EXEMPTION)
@blueprint.response(200, schemas.ReasonShown)
def read_reason(conn: Connection, viewer: Viewer, exemption_id: UUID) -> Reason:
    """Open the reason; every reading is audited."""
    return commands.read_reason(
        conn, viewer, permissions.READ_EXEMPTION, current_app.extensions["vault"], exemption_id
    )[1]
