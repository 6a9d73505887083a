"""The page of 督诺: how pledges are kept, and the ways to remarks, measures, difficulties, inspections, care."""

import flask
from flask import Blueprint, request

from services.pledge import permissions
from services.pledge.progress.domain import STATE_NAMES
from services.pledge.supervision import overview, places, schemas
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door, forms

blueprint = Blueprint("supervision_pages", __name__, url_prefix="/pledge/supervision")
WAYS = (
    ("点评和梳理总结", "/pledge/remarks/", permissions.READ_REMARKS),
    ("困难和帮助", "/pledge/difficulties/", permissions.ANSWER_DIFFICULTY),
    ("督查和抽查", "/pledge/inspections/", permissions.READ_INSPECTION),
    ("关怀老党员、生活困难党员", "/pledge/care/", permissions.READ_CARE),
)


@blueprint.get("/")
@door.read(permissions.SUPERVISE)
def show(conn: Connection, viewer: Viewer) -> str:
    """Show an organisation and a year."""
    asked = forms.load_from(schemas.PageAsked(), request.args)
    choice = places.chosen(conn, viewer, permissions.SUPERVISE, asked["organization_id"])
    year = asked["year"] or clock.today().year
    return flask.render_template(
        "pledge/supervision/show.html", view=overview.of(conn, viewer, choice.organization.id, year),
        places=choice.others, state_words=STATE_NAMES,
        ways=[(label, href) for label, href, permission in WAYS if viewer.holds(permission)],
    )  # fmt: skip
