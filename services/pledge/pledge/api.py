"""The JSON side of 提诺."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.pledge import permissions
from services.pledge.deed import reading as grown
from services.pledge.pledge import commands, reading, schemas
from services.pledge.pledge.domain import Pledge
from services.pledge.pledge.wording import Proposal
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("pledge", __name__, url_prefix="/pledge/api/pledges", description="承诺")


@blueprint.route("", methods=["POST"])
@door.write(permissions.WRITE_PLEDGE)
@blueprint.arguments(schemas.PledgeWritten)
@blueprint.response(201, schemas.PledgeShort)
def make(conn: Connection, viewer: Viewer, proposal: Proposal) -> Pledge:
    """Begin a pledge as a draft, for oneself or (with a reason) for another."""
    return commands.make(conn, viewer, proposal)


@blueprint.route("", methods=["GET"])
@door.read(permissions.LIST_PLEDGES)
@blueprint.arguments(schemas.PledgesAsked, location="query")
@blueprint.response(200, schemas.PledgeShort(many=True))
def list_pledges(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> list[Pledge]:
    """List one's own pledges, a person's, or those of an organisation in a year."""
    return reading.list_readable(conn, viewer, **data)


@blueprint.route("/<uuid:pledge_id>", methods=["GET"])
@door.read(permissions.LIST_PLEDGES)
@blueprint.response(200, schemas.PledgeShown)
def show(conn: Connection, viewer: Viewer, pledge_id: UUID) -> dict[str, Any]:
    """Show a pledge with the texts that the reader may see."""
    view = reading.show(conn, viewer, pledge_id)
    came = grown.of(conn, viewer, view.pledge, view.organization)
    return {**vars(view.pledge), "by_another": view.pledge.by_another, "authors": view.authors,
            "versions": view.versions, "hints": view.hints, "deeds": came.deeds, "stars": came.stars,
            "serving": [one for some in reading.serving(conn, view).values() for one in some]}  # fmt: skip


@blueprint.route("/<uuid:pledge_id>", methods=["PUT"])
@door.write(permissions.WRITE_PLEDGE)
@blueprint.arguments(schemas.TextWritten)
@blueprint.response(200, schemas.PledgeShort)
def rewrite(conn: Connection, viewer: Viewer, data: dict[str, Any], pledge_id: UUID) -> Pledge:
    """Change the newest text: a draft in place, else as the next version."""
    return commands.rewrite(conn, viewer, pledge_id, data["text"], data["authors"])


@blueprint.route("/<uuid:pledge_id>/submit", methods=["POST"])
@door.write(permissions.WRITE_PLEDGE)
@blueprint.response(200, schemas.PledgeShort)
def submit(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Pledge:
    """Hand the newest text in for review."""
    return commands.submit(conn, viewer, pledge_id)


@blueprint.route("/<uuid:pledge_id>", methods=["DELETE"])
@door.write(permissions.WRITE_PLEDGE)
@blueprint.response(204)
def discard(conn: Connection, viewer: Viewer, pledge_id: UUID) -> None:
    """Delete a draft that was never handed in."""
    commands.discard(conn, viewer, pledge_id)


@blueprint.route("/<uuid:pledge_id>/withdraw", methods=["POST"])
@door.write(permissions.WRITE_PLEDGE)
@blueprint.response(200, schemas.PledgeShort)
def withdraw(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Pledge:
    """Take back what is not published."""
    return commands.withdraw(conn, viewer, pledge_id)
