"""Downloads: the annual sheet of an appraisal, the results of an occasion."""

import io
from uuid import UUID

import flask
from flask import Blueprint, Response

from services.pledge import permissions
from services.pledge.appraisal import store, view
from services.pledge.assessment import commands as assessments
from services.pledge.sheet import content, documents
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door
from shared.workbook import XLSX

blueprint = Blueprint("sheet_pages", __name__, url_prefix="/pledge")
KINDS = {
    "pdf": (documents.pdf, "application/pdf"),
    "docx": (documents.word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@blueprint.get("/appraisals/<uuid:appraisal_id>/sheet.<any(pdf, docx):kind>")
@door.read(permissions.READ_APPRAISAL)
def sheet(conn: Connection, viewer: Viewer, appraisal_id: UUID, kind: str) -> Response:
    """Write the annual sheet as far as its reader may see it (R-101)."""
    seen = view.show(conn, viewer, door.vault(), appraisal_id)
    write, mimetype = KINDS[kind]
    name = seen.person.name if seen.person else seen.organization.name
    return flask.send_file(
        io.BytesIO(write(content.of(seen))), mimetype=mimetype, as_attachment=kind != "pdf",
        download_name=f"{seen.organization.name}+承诺评议表+{name}+{seen.pledge.year}年.{kind}",
    )  # fmt: skip


@blueprint.get("/assessments/<uuid:assessment_id>/results.xlsx")
@door.read(permissions.RUN_ASSESSMENT)
def results(conn: Connection, viewer: Viewer, assessment_id: UUID) -> Response:
    """Write the results of an occasion for 民主评议 and 评先评优 (R-099)."""
    assessment, _ = assessments.access(conn, viewer, permissions.RUN_ASSESSMENT, assessment_id)
    rows = store.list_of(conn, viewer.tenant_id, assessment.id)
    return flask.send_file(
        io.BytesIO(documents.results(assessment.title, rows)), mimetype=XLSX, as_attachment=True,
        download_name=f"{assessment.title}.xlsx",
    )  # fmt: skip
