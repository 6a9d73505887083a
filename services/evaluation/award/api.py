"""The JSON side of awards: ledger, paths, a member's stars."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.evaluation import permissions
from services.evaluation.award import commands, ledger, reading, schemas, verification
from services.evaluation.award.domain import Award
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door

blueprint = flask_smorest.Blueprint("award", __name__, url_prefix="/evaluation/api", description="台账与评选过程")


@blueprint.route("/awards", methods=["GET"])
@door.read(permissions.READ_AWARDS)
@blueprint.arguments(schemas.AwardsAsked, location="query")
@blueprint.response(200, schemas.AwardShown(many=True))
def list_awards(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Award]:
    """List the awards of a quarter or a year that the viewer may know of."""
    found = ledger.load(conn, viewer, data["period"], data["organization_id"])
    return [award for line in found.lines for award in line.awards]


@blueprint.route("/awards/<uuid:award_id>", methods=["GET"])
@door.read(permissions.READ_AWARDS)
@blueprint.response(200, schemas.AwardShown)
def read(conn: Connection, viewer: Viewer, award_id: UUID) -> Award | dict[str, Any]:
    """Show one award."""
    award = commands.access(conn, viewer, permissions.READ_AWARDS, award_id)
    path = directory.get_organization(conn, viewer.tenant_id, award.organization_id).path
    return schemas.shown(award, reasons=viewer.may(permissions.READ_REASONS, path))


@blueprint.route("/awards/<uuid:award_id>/path", methods=["GET"])
@door.read(permissions.READ_AWARDS)
@blueprint.response(200, schemas.AwardPathShown)
def read_path(conn: Connection, viewer: Viewer, award_id: UUID) -> dict[str, Any]:
    """Show every step of an award with who, when and documents."""
    return schemas.award_path_shown(reading.path_of_award(conn, viewer, award_id))


@blueprint.route("/awards/<uuid:award_id>/verification", methods=["GET"])
@door.read(permissions.VERIFY_AWARD)
@blueprint.response(200, schemas.VerificationShown)
def read_verification(conn: Connection, viewer: Viewer, award_id: UUID) -> dict[str, Any]:
    """Show what the second verification of a winner waits for."""
    return schemas.verification_shown(viewer, verification.read(conn, viewer, award_id))


@blueprint.route("/awards/<uuid:award_id>/verification", methods=["POST"])
@door.write(permissions.VERIFY_AWARD)
@blueprint.arguments(schemas.VerificationAsked)
@blueprint.response(200, schemas.AwardShown)
def verify(conn: Connection, viewer: Viewer, data: dict[str, Any], award_id: UUID) -> Award:
    """Decide what was proposed about a winner and verify again; also after a finding was set aside."""
    return verification.verify(conn, viewer, award_id, data["decisions"], data["identity"])


@blueprint.route("/ballots/<uuid:ballot_id>/path", methods=["GET"])
@door.read(permissions.READ_AWARDS)
@blueprint.response(200, schemas.BallotPathShown)
def read_ballot_path(conn: Connection, viewer: Viewer, ballot_id: UUID) -> dict[str, Any]:
    """Show every step of a ballot and of the awards that came of it."""
    return schemas.ballot_path_shown(reading.path_of_ballot(conn, viewer, ballot_id))


@blueprint.route("/people/<uuid:person_id>/stars", methods=["GET"])
@door.read(permissions.READ_STARS)
@blueprint.response(200, schemas.StarsShown)
def read_stars(conn: Connection, viewer: Viewer, person_id: UUID) -> dict[str, Any]:
    """Show a member's published awards."""
    person, awards = commands.list_stars(conn, viewer, person_id)
    return {"person_id": person.id, "name": person.name, "awards": awards}
