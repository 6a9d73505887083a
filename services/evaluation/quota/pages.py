"""The page on which a general branch gives its branches their places, where the scheme pools them."""

import re
from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response as Redirect

from services.evaluation import permissions
from services.evaluation.quota import commands, schemas
from shared import clock, period
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.errors import Invalid
from shared.web import door, forms

blueprint = Blueprint("quota_pages", __name__, url_prefix="/evaluation/allotments")
PLACES = re.compile(r"^places-(?P<id>[0-9a-f-]{36})$")


@blueprint.get("/<uuid:organization_id>")
@door.read(permissions.READ_QUOTA)
def show(conn: Connection, viewer: Viewer, organization_id: UUID) -> str:
    """Show what the largest remainders give, and the form to decide."""
    quarter = request.args.get("period") or period.of(clock.today())
    if not period.PATTERN.match(quarter):
        raise Invalid
    organization = directory.get_organization(conn, viewer.tenant_id, organization_id)
    return flask.render_template(
        "evaluation/quota/show.html",
        organization=organization,
        quarter=quarter,
        pool=commands.pool_shown(conn, viewer, organization_id, quarter),
        allots=viewer.may(permissions.ALLOT, organization.path),
    )


@blueprint.post("/<uuid:organization_id>")
@door.write(permissions.ALLOT)
def allot(conn: Connection, viewer: Viewer, organization_id: UUID) -> Redirect:
    """Keep what was decided."""
    quarter = forms.load(schemas.Quarter())["period"]
    try:
        places = {UUID(found["id"]): int(text) for name, text in request.form.items() if (found := PLACES.match(name))}
    except ValueError as error:
        raise Invalid("名额须为整数。") from error
    if any(number < 0 for number in places.values()):
        raise Invalid("名额不能为负数。")
    commands.allot(conn, viewer, organization_id, quarter, places)
    flask.flash("名额已分配。")
    return flask.redirect(f"/evaluation/allotments/{organization_id}?period={quarter}", 303)
