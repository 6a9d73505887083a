"""The JSON side of registers."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.evaluation import permissions
from services.evaluation.pledge.domain import Cited
from services.evaluation.register import commands, schemas
from services.evaluation.register.commands import Entry, Line
from services.evaluation.register.domain import Deed
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("deed", __name__, url_prefix="/evaluation/api/deeds", description="闪光言行登记")


@blueprint.route("", methods=["POST"])
@door.write(permissions.WRITE_DEED)
@blueprint.arguments(schemas.DeedWritten)
@blueprint.response(201, schemas.DeedShown)
def enter(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Deed:
    """Enter a deed, for oneself or (with a reason) for a member of the branch."""
    return commands.enter(conn, viewer, Entry(**data))


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_REGISTER)
@blueprint.arguments(schemas.DeedsAsked, location="query")
@blueprint.response(200, schemas.DeedShown(many=True))
def list_deeds(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Deed]:
    """List the deeds of a person that the viewer may read."""
    return commands.list_readable(conn, viewer, data["person_id"], data["period"])


@blueprint.route("/pledges", methods=["GET"])
@door.read(permissions.READ_REGISTER)
@blueprint.arguments(schemas.PledgesAsked, location="query")
@blueprint.response(200, schemas.CitedShown(many=True))
def list_pledges(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Cited]:
    """List a member's own published pledges, to one of which a deed may refer."""
    return commands.list_pledges(conn, viewer, data["person_id"])


@blueprint.route("/<uuid:deed_id>", methods=["PUT"])
@door.write(permissions.WRITE_DEED)
@blueprint.arguments(schemas.DeedWritten)
@blueprint.response(200, schemas.DeedShown)
def change(conn: Connection, viewer: Viewer, data: dict[str, Any], deed_id: UUID) -> Deed:
    """Change an entry before it is presented: one's own, or with a reason one that an officer entered from paper."""
    return commands.change(conn, viewer, deed_id, Entry(**data))


@blueprint.route("/<uuid:deed_id>", methods=["DELETE"])
@door.write(permissions.WRITE_DEED)
@blueprint.response(200, schemas.DeedShown)
def take_back(conn: Connection, viewer: Viewer, deed_id: UUID) -> Deed:
    """Take back an entry before it is presented."""
    return commands.take_back(conn, viewer, deed_id)


@blueprint.route("/<uuid:deed_id>/additions", methods=["POST"])
@door.write(permissions.WRITE_DEED)
@blueprint.arguments(schemas.Addition)
@blueprint.response(201, schemas.DeedShown)
def add(conn: Connection, viewer: Viewer, data: dict[str, Any], deed_id: UUID) -> Deed:
    """Add to a deed that was presented."""
    return commands.add(conn, viewer, deed_id, data["text"], data["reason"])


@blueprint.route("/<uuid:deed_id>/confirm", methods=["POST"])
@door.write(permissions.CONFIRM_DEED)
@blueprint.response(200, schemas.DeedShown)
def confirm(conn: Connection, viewer: Viewer, deed_id: UUID) -> Deed:
    """Confirm a deed that was presented."""
    return commands.confirm(conn, viewer, deed_id)


@blueprint.route("/no-entry", methods=["POST"])
@door.write(permissions.CONFIRM_DEED)
@blueprint.arguments(schemas.NoEntryNoted)
@blueprint.response(204)
def note_no_entry(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> None:
    """Note why a member has no entry in a quarter."""
    commands.note_no_entry(
        conn, viewer, data["person_id"], data["period"], objective=data["objective"], reason=data["reason"]
    )


@blueprint.route("/overview", methods=["GET"])
@door.read(permissions.READ_OVERVIEW)
@blueprint.arguments(schemas.OverviewAsked, location="query")
@blueprint.response(200, schemas.RegisterLineShown(many=True))
def overview(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Line]:
    """Show which members of a branch have entries in a quarter."""
    return commands.overview(conn, viewer, data["organization_id"], data["period"])
