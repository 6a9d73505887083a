"""JSON endpoints on imports."""

import io
from typing import Any

import flask
import flask_smorest

from services.pledge import permissions
from services.pledge.imports import commands, schemas, workbook
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door
from shared.workbook import XLSX

blueprint = flask_smorest.Blueprint(
    "pledge_imports", __name__, url_prefix="/pledge/api/imports", description="导入承诺"
)
SHOWN = 200


@blueprint.route("", methods=["POST"])
@door.write(permissions.IMPORT_PLEDGES)
@blueprint.arguments(schemas.ImportRequest, location="form")
@blueprint.arguments(schemas.ImportFile, location="files")
@blueprint.response(200, schemas.ImportOutcome)
@blueprint.doc(parameters=[], requestBody={"content": {"multipart/form-data": {"schema": schemas.ImportUpload}}})
def enter_table(conn: Connection, viewer: Viewer, data: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
    """Enter a table of pledges as handed in, all or nothing; `dry_run` only shows what would be entered."""
    file = files["file"]
    act = commands.planned if data["dry_run"] else commands.enter
    plan = act(conn, viewer, file.read(), file.filename or "表格")
    return {"dry_run": data["dry_run"], "plan": plan, "entries": plan.entries[:SHOWN]}


@blueprint.route("/template.xlsx", methods=["GET"])
@door.read(permissions.IMPORT_PLEDGES)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type=XLSX)
def give_template(_conn: Connection, _viewer: Viewer) -> flask.Response:
    """Give the empty table."""
    return flask.send_file(io.BytesIO(workbook.template()), mimetype=XLSX, download_name="pledges.xlsx")
