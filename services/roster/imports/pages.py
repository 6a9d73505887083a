"""Pages of imports: upload, preview with every fault and change, entry."""

import io
from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.roster import permissions
from services.roster.imports import commands, schemas, store, workbook
from services.roster.imports.domain import ACT_NAMES, IMPORT_NAMES, Act, ImportKind
from shared.auth import Viewer
from shared.db import Connection
from shared.errors import Invalid, NotFound
from shared.web import door, forms
from shared.workbook import XLSX

blueprint = Blueprint("imports_pages", __name__, url_prefix="/roster/imports")
SHOWN = 200


class NoFile(Invalid):
    """请选择要上传的文件。"""


@blueprint.get("/")
@door.read(permissions.IMPORT)
def show(conn: Connection, viewer: Viewer) -> str:
    """Show templates, the upload form and the last imports."""
    recent = store.list_recent(conn, viewer.tenant_id)
    return flask.render_template("roster/imports/index.html", recent=recent, kinds=IMPORT_NAMES)


@blueprint.get("/template/<kind>.xlsx")
@door.read(permissions.IMPORT)
def give_template(conn: Connection, viewer: Viewer, kind: str) -> Response:
    """Give the empty table."""
    if kind not in list(ImportKind):
        raise NotFound
    return _file(workbook.template(ImportKind(kind)), f"{IMPORT_NAMES[ImportKind(kind)]}导入模板.xlsx")


@blueprint.post("/")
@door.write(permissions.IMPORT)
def upload(conn: Connection, viewer: Viewer) -> Response:
    """Keep a file and go on to its preview; nothing is entered yet."""
    data = forms.load(schemas.ImportRequest())
    file = request.files.get("file")
    if file is None or not file.filename:
        raise NoFile
    run = commands.upload(conn, viewer, ImportKind(data["kind"]), file.filename, file.read(), whole=data["whole"])
    return flask.redirect(f"/roster/imports/{run.id}", 303)


@blueprint.get("/<uuid:run_id>")
@door.read(permissions.IMPORT)
def preview(conn: Connection, viewer: Viewer, run_id: UUID) -> str:
    """Show what a file would change, or everything that is wrong with it."""
    run, plan, table = commands.preview(conn, viewer, run_id)
    return flask.render_template(
        "roster/imports/preview.html",
        run=run,
        plan=plan,
        rows=len(table.rows),
        changes=plan.changes[:SHOWN],
        faults=plan.faults[:SHOWN],
        digest=commands.digest_of(plan),
        kinds=IMPORT_NAMES,
        acts=ACT_NAMES,
        counts={act: plan.count(act) for act in Act},
    )


@blueprint.get("/<uuid:run_id>/faults.xlsx")
@door.read(permissions.IMPORT)
def give_faults(conn: Connection, viewer: Viewer, run_id: UUID) -> Response:
    """Give the whole table with what is wrong in each row."""
    _, plan, table = commands.preview(conn, viewer, run_id)
    return _file(workbook.marked(table, plan.faults), "标出错误的表.xlsx")


@blueprint.post("/<uuid:run_id>/enter")
@door.write(permissions.IMPORT)
def enter(conn: Connection, viewer: Viewer, run_id: UUID) -> Response:
    """Enter the file as it was previewed."""
    run = commands.enter_run(conn, viewer, run_id, request.form.get("digest", ""))
    flask.flash(f"已导入{IMPORT_NAMES[run.kind]}：新增 {run.created}，变更 {run.changed}，离开 {run.gone}。")
    return flask.redirect("/roster/imports/", 303)


def _file(content: bytes, name: str) -> Response:
    return flask.send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)
