"""Forms on positions; they stand on the pages of organisations."""

from uuid import UUID

import flask
from flask import Blueprint
from marshmallow import fields
from werkzeug.wrappers import Response

from services.roster import permissions
from services.roster.person import store as people
from services.roster.position import commands, schemas
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Role
from shared.web import door, forms

blueprint = Blueprint("position_pages", __name__, url_prefix="/roster/positions")


class AppointmentForm(schemas.Appointment):
    """As the API's, but the person is named by number."""

    class Meta:
        """The id is found by the number."""

        exclude = ("person_id",)

    number = fields.Str(required=True, validate=forms.filled(40), metadata={"label": "学工号"})


@blueprint.post("/")
@door.write(permissions.APPOINT)
def appoint(conn: Connection, viewer: Viewer) -> Response:
    """Give a person a role."""
    data = forms.load(AppointmentForm())
    person_id = people.get_id(conn, viewer.tenant_id, data["number"])
    commands.appoint(conn, viewer, person_id, data["organization_id"], Role(data["role"]), data["starts_on"])
    flask.flash("已登记任职。")
    return flask.redirect(f"/roster/organizations/{data['organization_id']}", 303)


@blueprint.post("/<uuid:position_id>/end")
@door.write(permissions.APPOINT)
def end(conn: Connection, viewer: Viewer, position_id: UUID) -> Response:
    """Give a position its last day."""
    position = commands.end(conn, viewer, position_id, forms.load(schemas.PositionEnd())["ends_on"])
    flask.flash("已登记免职。")
    return flask.redirect(f"/roster/organizations/{position.organization_id}", 303)
