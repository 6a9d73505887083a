"""The JSON side of treatments."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.ledger import reading as ledger
from services.pledge.treatment import commands, schemas, store
from services.pledge.treatment.domain import Listed, Treatment, TreatmentKind
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint(
    "treatment", __name__, url_prefix="/pledge/api/treatments", description="免予参加和鼓励办理"
)


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_TREATMENT)
@blueprint.arguments(schemas.TreatmentsAsked, location="query")
@blueprint.response(200, schemas.TreatmentListed(many=True))
def list_treatments(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Listed]:
    """List the treatments of a year, those that wait first."""
    organization = ledger.place(conn, viewer, permissions.READ_TREATMENT, data["organization_id"])
    found = store.list_below(conn, viewer.tenant_id, organization.path, data["year"] or clock.today().year)
    return [one for one in found if viewer.may(permissions.READ_TREATMENT, one.path)]


@blueprint.route("", methods=["POST"])
@door.write(permissions.APPLY_TREATMENT)
@blueprint.arguments(schemas.TreatmentApplied)
@blueprint.response(201, schemas.TreatmentShown)
def apply(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Treatment:
    """Enter that a member need not pledge in a year."""
    return commands.apply(conn, viewer, door.vault(), **{**data, "kind": TreatmentKind(data["kind"])})


@blueprint.route("/<uuid:treatment_id>/decide", methods=["POST"])
@door.write(permissions.DECIDE_TREATMENT)
@blueprint.arguments(schemas.TreatmentDecided)
@blueprint.response(200, schemas.TreatmentShown)
def decide(conn: Connection, viewer: Viewer, data: dict[str, Any], treatment_id: UUID) -> Treatment:
    """Consent to an exemption, or refuse it with advice."""
    return commands.decide(conn, viewer, treatment_id, **data)


@blueprint.route("/<uuid:treatment_id>/withdraw", methods=["POST"])
@door.write(permissions.APPLY_TREATMENT)
@blueprint.response(200, schemas.TreatmentShown)
def withdraw(conn: Connection, viewer: Viewer, treatment_id: UUID) -> Treatment:
    """Take a treatment back."""
    return commands.withdraw(conn, viewer, treatment_id)


@blueprint.route("/<uuid:treatment_id>/reason", methods=["GET"])
@door.read(permissions.READ_TREATMENT)
@blueprint.response(200, schemas.ReasonShown)
def read_reason(conn: Connection, viewer: Viewer, treatment_id: UUID) -> dict[str, str]:
    """Open the reason; every reading is audited."""
    return {"reason": commands.read_reason(conn, viewer, door.vault(), treatment_id)[1]}
