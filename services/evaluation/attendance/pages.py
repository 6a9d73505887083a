"""The pages of attendance: one's own 组织生活, the import of other meetings with its template."""

import io
from uuid import UUID

import flask
from flask import Blueprint, Response, request
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from werkzeug.wrappers import Response as Redirect

from services.evaluation import permissions
from services.evaluation.attendance import commands, removal, schemas, store
from services.evaluation.attendance.rules import COLUMNS
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.errors import Invalid
from shared.web import door, forms
from shared.workbook import XLSX, saved

blueprint = Blueprint("attendance_pages", __name__, url_prefix="/evaluation/attendance")


@blueprint.get("/")
@door.read(permissions.READ_ATTENDANCE)
def own(conn: Connection, viewer: Viewer) -> str:
    """Show one's own attendance of the last year."""
    return _show(conn, viewer, viewer.id)


@blueprint.get("/<uuid:person_id>")
@door.read(permissions.READ_ATTENDANCE)
def of_person(conn: Connection, viewer: Viewer, person_id: UUID) -> str:
    """Show a member's attendance of the last year."""
    return _show(conn, viewer, person_id)


@blueprint.post("/<uuid:person_id>/removals")
@door.write(permissions.IMPORT_ATTENDANCE)
def remove(conn: Connection, viewer: Viewer, person_id: UUID) -> Redirect:
    """Take an imported row out."""
    removal.remove(conn, viewer, person_id, **forms.load(schemas.RowRemoved()))
    flask.flash("已删除，原记录和删除原因仍可查阅。")
    return flask.redirect(f"/evaluation/attendance/{person_id}", 303)


@blueprint.get("/import")
@door.read(permissions.IMPORT_ATTENDANCE)
def show_import(_conn: Connection, _viewer: Viewer) -> str:
    """Show the form of the import."""
    return flask.render_template("evaluation/attendance/import.html", report=None)


@blueprint.post("/import")
@door.write(permissions.IMPORT_ATTENDANCE)
def import_table(conn: Connection, viewer: Viewer) -> str:
    """Import a table, or only say what it would do."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid("请选择要上传的文件。")
    report = commands.import_table(conn, viewer, file.read(), dry_run=bool(request.form.get("dry_run")))
    return flask.render_template("evaluation/attendance/import.html", report=report)


@blueprint.get("/template.xlsx")
@door.read(permissions.IMPORT_ATTENDANCE)
def template(_conn: Connection, _viewer: Viewer) -> Response:
    """Give an empty table with the columns and drop-downs."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(COLUMNS)
    choice = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add("E2:F1000")
    for row in range(2, 1001):
        sheet.cell(row, 3).number_format = "@"  # Excel would take leading zeros off a 学工号
    return flask.send_file(
        io.BytesIO(saved(book)), mimetype=XLSX, as_attachment=True, download_name="组织生活出席情况.xlsx"
    )


def _show(conn: Connection, viewer: Viewer, person_id: UUID) -> str:
    rows = commands.list_of(conn, viewer, person_id, None)
    person = directory.get_person(conn, viewer.tenant_id, person_id)
    home = branch.of(conn, viewer.tenant_id, person.organization_id)
    return flask.render_template(
        "evaluation/attendance/own.html", rows=list(reversed(rows)), person=person, own=person.id == viewer.id,
        removed=store.list_removed(conn, viewer.tenant_id, person.id),
        removes=person.id != viewer.id and viewer.may(permissions.IMPORT_ATTENDANCE, home.path),
    )  # fmt: skip
