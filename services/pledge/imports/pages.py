"""Pages of imports: upload, preview with every fault and pledge, entry."""

import io
from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.imports import commands, schemas, store, workbook
from services.pledge.ledger import reading as ledger
from services.pledge.pledge.domain import KIND_NAMES
from shared.auth import Viewer
from shared.db import Connection
from shared.errors import Invalid
from shared.web import door, forms
from shared.workbook import XLSX

blueprint = Blueprint("pledge_imports_pages", __name__, url_prefix="/pledge/imports")
SHOWN = 200


class NoFile(Invalid):
    """请选择要上传的文件。"""


@blueprint.get("/")
@door.read(permissions.IMPORT_PLEDGES)
def show(conn: Connection, viewer: Viewer) -> str:
    """Show the template, the upload form and the last imports."""
    data = forms.load_from(schemas.ImportAsked(), request.args)
    organization = ledger.place(conn, viewer, permissions.IMPORT_PLEDGES, data["organization_id"])
    recent = store.list_recent(conn, viewer.tenant_id, organization.id)
    return flask.render_template("pledge/imports/index.html", organization=organization, recent=recent)


@blueprint.get("/template.xlsx")
@door.read(permissions.IMPORT_PLEDGES)
def give_template(_conn: Connection, _viewer: Viewer) -> Response:
    """Give the empty table."""
    return flask.send_file(
        io.BytesIO(workbook.template()), mimetype=XLSX, as_attachment=True, download_name="承诺导入模板.xlsx"
    )


@blueprint.post("/")
@door.write(permissions.IMPORT_PLEDGES)
def upload(conn: Connection, viewer: Viewer) -> Response:
    """Keep a file and go on to its preview; nothing is entered yet."""
    data = forms.load(schemas.ImportAsked())
    file = request.files.get("file")
    if file is None or not file.filename:
        raise NoFile
    run = commands.upload(conn, viewer, data["organization_id"], file.filename, file.read())
    return flask.redirect(f"/pledge/imports/{run.id}", 303)


@blueprint.get("/<uuid:run_id>")
@door.read(permissions.IMPORT_PLEDGES)
def preview(conn: Connection, viewer: Viewer, run_id: UUID) -> str:
    """Show what a file would enter, or everything that is wrong with it."""
    run, plan = commands.preview(conn, viewer, run_id)
    return flask.render_template(
        "pledge/imports/preview.html", run=run, plan=plan, entries=plan.entries[:SHOWN], faults=plan.faults[:SHOWN],
        digest=commands.digest_of(plan), kind_words=KIND_NAMES,
    )  # fmt: skip


@blueprint.post("/<uuid:run_id>/enter")
@door.write(permissions.IMPORT_PLEDGES)
def enter(conn: Connection, viewer: Viewer, run_id: UUID) -> Response:
    """Enter the file as it was previewed."""
    run = commands.enter_run(conn, viewer, run_id, request.form.get("digest", ""))
    flask.flash(f"已导入{run.created}份承诺，{run.unchanged}份原已存在。导入的承诺已提交审诺。")
    return flask.redirect(f"/pledge/imports/?organization_id={run.organization_id}", 303)
