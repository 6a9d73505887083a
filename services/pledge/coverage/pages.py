"""The page of coverage: level by level, and by name within a branch."""

import flask
from flask import Blueprint, request

from services.pledge import permissions
from services.pledge.coverage import reading, schemas
from services.pledge.coverage.domain import STATUS_NAMES
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door, forms

blueprint = Blueprint("coverage_pages", __name__, url_prefix="/pledge/coverage")


@blueprint.get("/")
@door.read(permissions.READ_COVERAGE)
def show(conn: Connection, viewer: Viewer) -> str:
    """Show how far an organisation has come."""
    data = forms.load_from(schemas.CoverageAsked(), request.args)
    year = data["year"] or clock.today().year
    view = reading.show(conn, viewer, organization_id=data["organization_id"], year=year)
    path = view.organization.path
    return flask.render_template(
        "pledge/coverage/show.html", view=view, status_names=STATUS_NAMES,
        enters=viewer.may(permissions.WRITE_PLEDGE, path), treats=viewer.may(permissions.APPLY_TREATMENT, path),
    )  # fmt: skip
