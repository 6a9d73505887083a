"""The public page of a notice, its papers, and the form through which anybody may object."""

from uuid import UUID

import flask
from flask import Blueprint, Response

from services.notify import permissions
from services.notify.notice import sheet, store, view
from services.notify.objection.rules import LONGEST
from shared import clock
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("notice_pages", __name__, url_prefix="/notify/notices")


@blueprint.get("/<uuid:notice_id>")
@door.public_read(permissions.READ_NOTICES)
def show_notice(conn: Connection, notice_id: UUID) -> str:
    """Show a notice."""
    viewer = door.viewer_or_none(conn)
    notice = _shown(conn, notice_id)
    before, after = sheet.paragraphs(notice)
    return flask.render_template(
        "notify/notice/show.html",
        notice=notice,
        before=before,
        after=after,
        contacts=sheet.contacts(notice),
        code=sheet.code(sheet.form_address(notice)),
        open=[item for item in notice.names if item.open],
        longest=LONGEST,
        enters=viewer is not None and viewer.holds(permissions.ENTER_OBJECTION),
    )


@blueprint.get("/<uuid:notice_id>/notice.<any(docx, pdf):kind>")
@door.public_read(permissions.READ_NOTICES)
def read_sheet(conn: Connection, notice_id: UUID, kind: str) -> Response:
    """Give a notice as docx or pdf."""
    return sheet.sent(_shown(conn, notice_id), kind)


@blueprint.get("/<uuid:notice_id>/poster.pdf")
@door.public_read(permissions.READ_NOTICES)
def read_poster(conn: Connection, notice_id: UUID) -> Response:
    """Give a notice as a poster."""
    return sheet.sent(_shown(conn, notice_id), "poster")


def _shown(conn: Connection, notice_id: UUID) -> view.Shown:
    return view.shown(conn, store.find(conn, notice_id), clock.today())
