"""The JSON side of 亮诺."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.pledge import commands as pledges
from services.pledge.publication import commands, schemas, store
from services.pledge.publication.domain import Record
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("publication", __name__, url_prefix="/pledge/api", description="亮诺")


@blueprint.route("/publications", methods=["POST"])
@door.write(permissions.PUBLISH_PLEDGE)
@blueprint.arguments(schemas.PublicationWritten)
@blueprint.response(201, schemas.PublicationShown(many=True))
def record(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Record]:
    """Keep that pledges were shown; a reviewed one becomes public with its first showing."""
    return commands.record(conn, viewer, **data)


@blueprint.route("/pledges/<uuid:pledge_id>/publications", methods=["GET"])
@door.read(permissions.LIST_PLEDGES)
@blueprint.response(200, schemas.PublicationShown(many=True))
def list_records(conn: Connection, viewer: Viewer, pledge_id: UUID) -> list[Record]:
    """List where and when a pledge was shown."""
    pledge, _, _ = pledges.readable(conn, viewer, pledge_id)
    return store.list_records(conn, viewer.tenant_id, pledge.id)


@blueprint.route("/publications/<uuid:record_id>/strike", methods=["POST"])
@door.write(permissions.PUBLISH_PLEDGE)
@blueprint.arguments(schemas.StrikeWritten)
@blueprint.response(200, schemas.PublicationShown)
def strike(conn: Connection, viewer: Viewer, data: dict[str, Any], record_id: UUID) -> Record:
    """Strike a wrong record out; it stays to be read with the reason."""
    return commands.strike(conn, viewer, record_id, data["reason"])
