"""The JSON side of what proves showings."""

from typing import Any
from uuid import UUID

import flask
import flask_smorest

from services.pledge import permissions
from services.pledge.proof import commands, files, schemas
from services.pledge.proof.domain import Proof
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("proof", __name__, url_prefix="/pledge/api/publications", description="公示的佐证")


@blueprint.route("/<uuid:record_id>/proofs", methods=["POST"])
@door.write(permissions.PUBLISH_PLEDGE)
@blueprint.arguments(schemas.ProofFile, location="files")
@blueprint.response(201, schemas.ProofShown)
@blueprint.doc(parameters=[], requestBody={"content": {"multipart/form-data": {"schema": schemas.ProofFile}}})
def add(conn: Connection, viewer: Viewer, given: dict[str, Any], record_id: UUID) -> Proof:
    """Add a photo or a paper to the record of a showing."""
    file = given["file"]
    return commands.add(conn, viewer, record_id, file.filename or "", files.taken(file))


@blueprint.route("/proofs/<uuid:proof_id>", methods=["GET"])
@door.read(permissions.PUBLISH_PLEDGE)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/octet-stream")
def read(conn: Connection, viewer: Viewer, proof_id: UUID) -> flask.Response:
    """Give a photo or a paper, to officers of the pledge's organisation and above."""
    return files.sent(commands.read(conn, viewer, proof_id))
