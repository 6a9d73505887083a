"""The JSON side of occasions of 评诺."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.appraisal.domain import Row
from services.pledge.assessment import commands, reading, schemas
from services.pledge.assessment.commands import Opening
from services.pledge.assessment.domain import Assessment, AssessmentKind
from services.pledge.turning import PageAsked
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("assessment", __name__, url_prefix="/pledge/api/assessments", description="评诺")


@blueprint.route("", methods=["GET"])
@door.read(permissions.LIST_ASSESSMENTS)
@blueprint.arguments(PageAsked, location="query")
@blueprint.response(200, schemas.AssessmentShown(many=True))
def list_mine(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Assessment]:
    """List a page of the occasions of the organisations that one belongs to or looks after, the newest first."""
    return [assessment for assessment, _ in reading.list_mine(conn, viewer, data["page"]).lines]


@blueprint.route("", methods=["POST"])
@door.write(permissions.RUN_ASSESSMENT)
@blueprint.arguments(schemas.AssessmentOpened)
@blueprint.response(201, schemas.AssessmentShown)
def open_(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Assessment:
    """Open an occasion: of the year, of one instant pledge, or at any time."""
    return commands.open_(conn, viewer, Opening(**{**data, "kind": AssessmentKind(data["kind"])}))


@blueprint.route("/<uuid:assessment_id>", methods=["GET"])
@door.read(permissions.READ_ASSESSMENT)
@blueprint.response(200, schemas.AssessmentWhole)
def show(conn: Connection, viewer: Viewer, assessment_id: UUID) -> reading.View:
    """Show an occasion; colleagues see only their own line."""
    return reading.show(conn, viewer, assessment_id)


@blueprint.route("/<uuid:assessment_id>/refresh", methods=["POST"])
@door.write(permissions.RUN_ASSESSMENT)
@blueprint.response(200, schemas.Added)
def refresh(conn: Connection, viewer: Viewer, assessment_id: UUID) -> dict[str, int]:
    """Add pledges that became public since."""
    return {"added": commands.refresh(conn, viewer, assessment_id)}


@blueprint.route("/<uuid:assessment_id>/invite", methods=["POST"])
@door.write(permissions.RUN_ASSESSMENT)
@blueprint.arguments(schemas.Invited)
@blueprint.response(200, schemas.AssessmentShown)
def invite(conn: Connection, viewer: Viewer, data: dict[str, Any], assessment_id: UUID) -> Assessment:
    """Say how many of the masses are asked."""
    return commands.invite(conn, viewer, assessment_id, **data)


@blueprint.route("/<uuid:assessment_id>/close-forms", methods=["POST"])
@door.write(permissions.RUN_ASSESSMENT)
@blueprint.response(200, schemas.AssessmentShown)
def close_forms(conn: Connection, viewer: Viewer, assessment_id: UUID) -> Assessment:
    """Take no more forms."""
    return commands.close_forms(conn, viewer, assessment_id)


@blueprint.route("/<uuid:assessment_id>/publish", methods=["POST"])
@door.write(permissions.RUN_ASSESSMENT)
@blueprint.arguments(schemas.ResultsPublished)
@blueprint.response(200, schemas.AssessmentShown)
def publish(conn: Connection, viewer: Viewer, data: dict[str, Any], assessment_id: UUID) -> Assessment:
    """Show the results within a scope."""
    return commands.publish(conn, viewer, assessment_id, data["scope"])


@blueprint.route("/<uuid:assessment_id>/results", methods=["GET"])
@door.public_read(permissions.READ_RESULTS)
@blueprint.response(200, schemas.ResultShown(many=True))
def results(conn: Connection, assessment_id: UUID) -> list[Row]:
    """Show results to whom they were published, in 姓氏笔画 order."""
    return reading.results(conn, door.viewer_or_none(conn), assessment_id)[2]
