"""The pages of 履诺: the table of a pledge with its forms, and the same on paper."""

import io
from uuid import UUID

import flask
from flask import Blueprint, Response
from werkzeug.wrappers import Response as Redirect

from services.pledge import permissions
from services.pledge.author import commands as authors
from services.pledge.author import store as together
from services.pledge.pledge import commands as pledges
from services.pledge.pledge.domain import FORM_NAMES, KIND_NAMES
from services.pledge.progress import commands, documents, links, schemas
from services.pledge.progress.domain import STATE_NAMES, ProgressState
from services.pledge.remark import commands as remarks
from services.pledge.remark import rhythm
from services.pledge.remark.domain import KIND_NAMES as REMARK_NAMES
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door, forms

LONGEST_NAME = 50
"""So much of the names stands in the name of a file; a name of more than 255 bytes is none."""
blueprint = Blueprint("progress_pages", __name__, url_prefix="/pledge/progress")


@blueprint.get("/<uuid:pledge_id>")
@door.read(permissions.READ_PROGRESS)
def show(conn: Connection, viewer: Viewer, pledge_id: UUID) -> str:
    """Show the 履诺进度表 of a pledge; who may report gets a form at every matter."""
    table, organization, whole = commands.read(conn, viewer, pledge_id)
    pledge = table.pledge
    own = viewer.id == pledge.person_id or together.is_named(conn, pledge, viewer.id)
    return flask.render_template(
        "pledge/progress/show.html", table=table, pledge=pledge, organization=organization, whole=whole,
        whose=authors.whose(conn, [pledge]).get(pledge.id, ""), states=list(ProgressState),
        state_words=STATE_NAMES, form_names=FORM_NAMES, kind_words=KIND_NAMES,
        stages=pledges.scheme_of(conn, pledge).pledge.stages,
        writes=own or viewer.may(permissions.WRITE_PROGRESS, organization.path, person_id=pledge.person_id), own=own,
        remarks=remarks.list_beside(conn, viewer, pledge), remark_words=REMARK_NAMES,
        named=rhythm.named, links=links.of(viewer, pledge, organization, mine=own),
    )  # fmt: skip


@blueprint.post("/<uuid:pledge_id>")
@door.write(permissions.WRITE_PROGRESS)
def report(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Redirect:
    """Report on a matter."""
    given: commands.Report = forms.load(schemas.ProgressWritten())  # type: ignore[assignment]
    entry = commands.report(conn, viewer, pledge_id, given)
    flask.flash("已登记进展。")
    return flask.redirect(f"/pledge/progress/{pledge_id}#i-{entry.item_id}", 303)


@blueprint.get("/<uuid:pledge_id>/table.pdf")
@door.read(permissions.READ_PROGRESS)
def print_table(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Response:
    """Print the table, with empty lines to be filled in by hand."""
    table, organization, _ = commands.read(conn, viewer, pledge_id)
    name = authors.whose(conn, [table.pledge]).get(table.pledge.id, organization.name)
    return flask.send_file(
        io.BytesIO(documents.table(table, organization, name)), mimetype="application/pdf",
        download_name=f"{organization.name}+履诺进度表+{name[:LONGEST_NAME]}.pdf",
    )  # fmt: skip
