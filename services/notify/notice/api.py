"""The JSON door to notices: anybody may read them, also as docx, pdf and poster."""

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.notify import permissions
from services.notify.board import universities
from services.notify.document import files
from services.notify.notice import schemas, sheet, store, view
from shared import clock
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("notice", __name__, url_prefix="/notify/api/notices", description="公示")


@blueprint.route("", methods=["GET"])
@door.public_read(permissions.READ_NOTICES)
@blueprint.arguments(schemas.NoticesAsked, location="query")
@blueprint.response(200, schemas.NoticeShown(many=True))
def list_notices(conn: Connection, asked: dict[str, Any]) -> list[view.Shown]:
    """List the notices of a quarter or of all, the newest first, fifty to a page."""
    top = universities.one(conn, asked["university_id"])
    return view.page(conn, top.tenant_id, asked["period"], asked["page"], clock.today())


@blueprint.route("/<uuid:notice_id>", methods=["GET"])
@door.public_read(permissions.READ_NOTICES)
@blueprint.response(200, schemas.NoticeShown)
def read_notice(conn: Connection, notice_id: UUID) -> view.Shown:
    """Read a notice."""
    return _shown(conn, notice_id)


@blueprint.route("/<uuid:notice_id>/notice.<any(docx, pdf):kind>", methods=["GET"])
@door.public_read(permissions.READ_NOTICES)
@blueprint.response(200, files.FILE, content_type=files.TYPES["docx"], description="公示")
@blueprint.response(200, files.FILE, content_type=files.TYPES["pdf"], description="公示")
def read_sheet(conn: Connection, notice_id: UUID, kind: str) -> Response:
    """Read a notice as docx or pdf."""
    return sheet.sent(_shown(conn, notice_id), kind)


@blueprint.route("/<uuid:notice_id>/poster.pdf", methods=["GET"])
@door.public_read(permissions.READ_NOTICES)
@blueprint.response(200, files.FILE, content_type=files.TYPES["pdf"], description="张贴版")
def read_poster(conn: Connection, notice_id: UUID) -> Response:
    """Read a notice as an A4 poster with the address of the objection form."""
    return sheet.sent(_shown(conn, notice_id), "poster")


def _shown(conn: Connection, notice_id: UUID) -> view.Shown:
    return view.shown(conn, store.find(conn, notice_id), clock.today())
