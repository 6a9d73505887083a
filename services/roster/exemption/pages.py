"""Forms on exemptions, which stand on the pages of people, and the page that opens a reason."""

from uuid import UUID

import flask
from flask import Blueprint, current_app
from werkzeug.wrappers import Response

from services.roster import permissions
from services.roster.exemption import commands, schemas
from services.roster.exemption.commands import Reason
from services.roster.exemption.domain import EFFECT_NAMES, GROUND_NAMES, STATE_NAMES, Exemption, Ground
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("exemption_pages", __name__, url_prefix="/roster")


@blueprint.post("/people/<uuid:person_id>/exemption")
@door.write(permissions.ASK_EXEMPTION)
def ask(conn: Connection, viewer: Viewer, person_id: UUID) -> Response:
    """Ask the superior."""
    data = forms.load(schemas.ExemptionRequest())
    reason = Reason(Ground(data.pop("ground")), data.pop("reason"))
    vault = current_app.extensions["vault"]
    made = commands.ask(conn, viewer, permissions.ASK_EXEMPTION, vault, person_id, reason=reason, **data)
    return _to(made, "已提出申请，经上级党组织同意后生效。")


@blueprint.get("/exemptions/<uuid:exemption_id>")
@door.read(permissions.READ_EXEMPTION)
def read_reason(conn: Connection, viewer: Viewer, exemption_id: UUID) -> str:
    """Open the reason; every reading is audited."""
    vault = current_app.extensions["vault"]
    exemption, reason = commands.read_reason(conn, viewer, permissions.READ_EXEMPTION, vault, exemption_id)
    return flask.render_template(
        "roster/exemption/reason.html",
        exemption=exemption,
        person=directory.get_person(conn, viewer.tenant_id, exemption.person_id),
        effect=EFFECT_NAMES[exemption.effect],
        state=STATE_NAMES[exemption.state],
        ground=GROUND_NAMES[reason.ground],
        text=reason.text,
    )


@blueprint.post("/exemptions/<uuid:exemption_id>/consent")
@door.write(permissions.DECIDE_EXEMPTION)
def consent(conn: Connection, viewer: Viewer, exemption_id: UUID) -> Response:
    """Consent."""
    return _decided(conn, viewer, exemption_id, consents=True)


@blueprint.post("/exemptions/<uuid:exemption_id>/refuse")
@door.write(permissions.DECIDE_EXEMPTION)
def refuse(conn: Connection, viewer: Viewer, exemption_id: UUID) -> Response:
    """Refuse."""
    return _decided(conn, viewer, exemption_id, consents=False)


@blueprint.post("/exemptions/<uuid:exemption_id>/end")
@door.write(permissions.ASK_EXEMPTION)
def end(conn: Connection, viewer: Viewer, exemption_id: UUID) -> Response:
    """End an exemption before its time."""
    return _to(commands.end(conn, viewer, permissions.ASK_EXEMPTION, exemption_id), "已终止。")


def _decided(conn: Connection, viewer: Viewer, exemption_id: UUID, *, consents: bool) -> Response:
    data = forms.load(schemas.ExemptionDecision())
    made = commands.decide(conn, viewer, permissions.DECIDE_EXEMPTION, exemption_id, consents=consents, **data)
    return _to(made, "已同意。" if consents else "已答复不同意。")


def _to(exemption: Exemption, said: str) -> Response:
    flask.flash(said)
    return flask.redirect(f"/roster/people/{exemption.person_id}#exemptions", 303)
