"""The JSON side of the public wall."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.wall import schemas, view
from shared import clock
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door

blueprint = flask_smorest.Blueprint("wall", __name__, url_prefix="/pledge/api/wall", description="公开承诺墙")


@blueprint.route("/<uuid:organization_id>", methods=["GET"])
@door.public_read(permissions.READ_WALL)
@blueprint.arguments(schemas.WallAsked, location="query")
@blueprint.response(200, schemas.WallShown)
def read_wall(conn: Connection, asked: dict[str, Any], organization_id: UUID) -> view.Wall:
    """Give a page of an organisation's wall."""
    viewer = door.viewer_or_none(conn)
    organization = directory.find_organization(conn, organization_id)
    return view.wall(conn, organization, viewer, view.Asked(**asked), today=clock.today())


@blueprint.route("/pledges/<uuid:pledge_id>", methods=["GET"])
@door.public_read(permissions.READ_WALL)
@blueprint.response(200, schemas.SingleShown)
def read_pledge(conn: Connection, pledge_id: UUID) -> view.Single:
    """Give one pledge of the wall."""
    return view.single(conn, door.viewer_or_none(conn), pledge_id)
