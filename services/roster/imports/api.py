"""JSON endpoints on imports."""

import io
from typing import Any

import flask
from flask_smorest import Blueprint

from services.roster import permissions
from services.roster.imports import commands, schemas, workbook
from services.roster.imports.domain import ImportKind
from shared.auth import Viewer
from shared.db import Connection
from shared.errors import NotFound
from shared.web import door
from shared.workbook import XLSX

blueprint = Blueprint("imports", __name__, url_prefix="/roster/api/imports", description="导入名册")
SHOWN = 200


@blueprint.route("", methods=["POST"])
@door.write(permissions.IMPORT)
@blueprint.arguments(schemas.ImportRequest, location="form")
@blueprint.arguments(schemas.ImportFile, location="files")
@blueprint.response(200, schemas.ImportOutcome)
@blueprint.doc(parameters=[], requestBody={"content": {"multipart/form-data": {"schema": schemas.ImportUpload}}})
def enter_table(conn: Connection, viewer: Viewer, data: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
    """Enter a table of organisations or people, all or nothing; `dry_run` only shows what would change."""
    kind, content = ImportKind(data["kind"]), files["file"].read()
    act = commands.planned if data["dry_run"] else commands.enter
    plan = act(conn, viewer, kind, content, whole=data["whole"])
    return {"dry_run": data["dry_run"], "plan": plan, "changes": plan.changes[:SHOWN]}


@blueprint.route("/template/<kind>.xlsx", methods=["GET"])
@door.read(permissions.IMPORT)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type=XLSX)
def give_template(conn: Connection, viewer: Viewer, kind: str) -> flask.Response:
    """Give the empty table with drop-downs and notes; `kind` is organizations or people."""
    if kind not in list(ImportKind):
        raise NotFound
    return flask.send_file(io.BytesIO(workbook.template(ImportKind(kind))), mimetype=XLSX, download_name=f"{kind}.xlsx")
