"""The public page of an award, with revocation for the department."""

from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response as Answer

from services.notify import permissions
from services.notify.award import commands, schemas, view
from services.notify.award.domain import State
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("award_pages", __name__, url_prefix="/notify/awards")


@blueprint.get("/<uuid:award_id>")
@door.public_read(permissions.READ_BOARD)
def show_award(conn: Connection, award_id: UUID) -> str:
    """Show a published award; of a revoked one only that it was."""
    viewer = door.viewer_or_none(conn)
    award = view.public(conn, award_id)
    path = directory.find_organization(conn, award.organization_id).path
    revokes = viewer is not None and award.state is State.PUBLISHED and viewer.may(permissions.REVOKE_AWARD, path)
    return flask.render_template("notify/award/show.html", award=award, revokes=revokes)


@blueprint.post("/<uuid:award_id>/revoke")
@door.write(permissions.REVOKE_AWARD)
def revoke_award(conn: Connection, viewer: Viewer, award_id: UUID) -> Answer:
    """Revoke an award."""
    data = forms.load(schemas.Revoke())
    award = commands.access(conn, viewer, permissions.REVOKE_AWARD, award_id)
    commands.revoke(conn, award, door.vault().seal(data["reason"]), clock.today(), viewer.id)
    flask.flash("已撤销，光荣榜上不再显示姓名。")
    return flask.redirect(flask.url_for("award_pages.show_award", award_id=award_id), 303)
