"""The page side of what proves showings: upload and opening."""

from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.proof import commands, files
from services.pledge.proof.rules import NoProof
from services.pledge.publication import store as publications
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("proof_pages", __name__, url_prefix="/pledge/publications")


@blueprint.post("/records/<uuid:record_id>/proofs")
@door.write(permissions.PUBLISH_PLEDGE)
def add(conn: Connection, viewer: Viewer, record_id: UUID) -> Response:
    """Keep an uploaded file."""
    file = request.files.get("file")
    if file is None:
        raise NoProof
    proof = commands.add(conn, viewer, record_id, file.filename or "", files.taken(file))
    flask.flash("已上传佐证材料。")
    record = publications.read(conn, viewer.tenant_id, proof.publication_id)
    return flask.redirect(f"/pledge/publications/{record.pledge_id}", 303)


@blueprint.get("/proofs/<uuid:proof_id>")
@door.read(permissions.PUBLISH_PLEDGE)
def read(conn: Connection, viewer: Viewer, proof_id: UUID) -> Response:
    """Give a file to be saved."""
    return files.sent(commands.read(conn, viewer, proof_id))
