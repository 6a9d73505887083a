"""The pages of the ledger: the list, the workbook, the paper."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Any
from urllib.parse import quote

import flask
from flask import Blueprint, Response, request

from services.pledge import permissions
from services.pledge.ledger import documents, reading, schemas
from services.pledge.pledge.domain import FORM_NAMES, KIND_NAMES, TAGS, VERSION_NAMES
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door, forms
from shared.workbook import XLSX

blueprint = Blueprint("ledger_pages", __name__, url_prefix="/pledge/pledges")
IN_MEMORY = 2**20
CHUNK = 2**16


@blueprint.get("/")
@door.read(permissions.READ_PLEDGE)
def show(conn: Connection, viewer: Viewer) -> str:
    """List the pledges of an organisation and all below it."""
    data = forms.load_from(schemas.LedgerPageAsked(), request.args)
    ledger = reading.show(conn, viewer, **_in_year(data))
    exports = viewer.may(permissions.EXPORT_LEDGER, ledger.organization.path)
    asked = {name: value for name, value in _in_year(data).items() if value not in {None, ""} and name != "page"}
    return flask.render_template(
        "pledge/ledger/show.html", ledger=ledger, exports=exports, form_names=FORM_NAMES, kind_words=KIND_NAMES,
        version_words=VERSION_NAMES, tags=TAGS, asked={**asked, "organization_id": ledger.organization.id},
    )  # fmt: skip


@blueprint.get("/ledger.xlsx")
@door.read(permissions.EXPORT_LEDGER)
def export(conn: Connection, viewer: Viewer) -> Response:
    """Give the ledger as a workbook; a large one waits in a file, not in memory."""
    data = _in_year(forms.load_from(schemas.LedgerAsked(), request.args))
    organization, lines = reading.details(conn, viewer, **data)
    title = f"{organization.name}{data['year']}年度承诺台账"
    with ExitStack() as unsent:
        target = unsent.enter_context(tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))
        documents.write_xlsx(target, title, lines)
        size = target.tell()
        if size <= IN_MEMORY:
            target.seek(0)
            response = Response(target.read(), mimetype=XLSX)
        else:
            unsent.pop_all()  # closed when it was sent
            response = Response(_sent(target), mimetype=XLSX)
            response.call_on_close(target.close)
    response.content_length = size
    # A header holds no Chinese; gunicorn refuses the answer with one that does.
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    return response


@blueprint.get("/ledger.pdf")
@door.read(permissions.EXPORT_LEDGER)
def print_ledger(conn: Connection, viewer: Viewer) -> Response:
    """Print the ledger."""
    data = _in_year(forms.load_from(schemas.LedgerAsked(), request.args))
    organization, lines = reading.export(conn, viewer, **data)
    title = f"{organization.name}{data['year']}年度承诺台账"
    content = documents.print_pdf(title, lines)
    return flask.send_file(io.BytesIO(content), mimetype="application/pdf", download_name=f"{title}.pdf")


def _sent(target: IO[bytes]) -> Iterator[bytes]:
    with target:
        target.seek(0)
        while part := target.read(CHUNK):
            yield part


def _in_year(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "year": data["year"] or clock.today().year}
