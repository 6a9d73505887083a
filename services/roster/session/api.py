"""JSON endpoints of sign-in and of one's own record."""

from typing import Any
from uuid import UUID

import flask_smorest

from services.roster import permissions
from services.roster.session import commands, rules, schemas, tickets
from services.roster.session.tickets import Ticket
from shared.auth import Viewer
from shared.db import Connection
from shared.web import answers, door

blueprint = flask_smorest.Blueprint("session", __name__, url_prefix="/roster/api", description="登录")


@blueprint.route("/sessions", methods=["POST"])
@door.public_write(permissions.SIGN_IN, remember=False)
@blueprint.arguments(schemas.SignIn)
@blueprint.response(201, schemas.SessionShown)
def start(conn: Connection, data: dict[str, Any]) -> Any:
    """Sign in with number and password."""
    attempt = tickets.attempt(data["number"], data["password"], data["university"])
    try:
        person = commands.sign_in(conn, attempt)
    except rules.SignInFailed as refusal:
        return answers.answer(refusal)  # answered, not raised: the failure must stay counted
    return tickets.issue(conn, person)


@blueprint.route("/me", methods=["GET"])
@door.read(permissions.SEE_SELF)
@blueprint.response(200, schemas.MeShown)
def show_me(conn: Connection, viewer: Viewer) -> dict[str, Any]:
    """Show one's own record and offices."""
    person = viewer.person
    account = commands.account_of(conn, person)
    reset_by, reset_at = commands.reset_of(conn, account)
    return {
        "id": person.id,
        "name": person.name,
        "number": person.number,
        "organization": viewer.organization,
        "standing": person.standing,
        "identity": person.identity,
        "email": person.email,
        "offices": commands.offices(conn, person),
        "must_change": account is not None and account.must_change,
        "password_reset_by": reset_by,
        "password_reset_at": reset_at,
    }


@blueprint.route("/me/password", methods=["POST"])
@door.write(permissions.CHANGE_SELF, remember=False)
@blueprint.arguments(schemas.ChangePassword)
@blueprint.response(200, schemas.SessionShown)
def change_password(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Ticket:
    """Change one's own password; all sign-ins end, the answer is a new one."""
    return tickets.issue(conn, commands.change_password(conn, viewer, data["current"], data["new"]))


@blueprint.route("/me/sign-out-everywhere", methods=["POST"])
@door.write(permissions.CHANGE_SELF)
@blueprint.response(204)
def sign_out_everywhere(conn: Connection, viewer: Viewer) -> None:
    """End all of one's own sign-ins."""
    commands.sign_out_everywhere(conn, viewer.tenant_id, viewer.id)


@blueprint.route("/people/<uuid:person_id>/password", methods=["POST"])
@door.write(permissions.SET_PASSWORD)
@blueprint.arguments(schemas.SetPassword)
@blueprint.response(204)
def set_password(conn: Connection, viewer: Viewer, data: dict[str, Any], person_id: UUID) -> None:
    """Give somebody a first or a new password; his or her sign-ins end, and he or she is told."""
    commands.set_password_of(conn, viewer, permissions.SET_PASSWORD, person_id, data["password"])
