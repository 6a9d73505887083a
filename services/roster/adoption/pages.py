"""Pages on adopting: choose an organisation and a scheme, change what the superior leaves open."""

from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.roster import permissions
from services.roster.adoption import commands, store
from services.roster.adoption.commands import Choice
from services.roster.adoption.domain import InForce
from services.roster.scheme import presets, showing, wording
from services.roster.scheme import store as versions
from services.roster.scheme.domain import State
from services.roster.scheme.rules import doubts
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Kind
from shared.errors import Invalid
from shared.scheme import SETTINGS
from shared.scheme.settings import BY_KEY
from shared.web import door

blueprint = Blueprint("adoption_pages", __name__, url_prefix="/roster/schemes/adopt")
FOLLOW = "follow"


@blueprint.get("/")
@door.read(permissions.ADOPT)
def choose(conn: Connection, viewer: Viewer) -> str:
    """Ask for which organisation a scheme is to be adopted."""
    top = directory.get_top(conn, viewer.tenant_id)
    found = [
        each
        for each in directory.list_below(conn, top)
        if each.kind is not Kind.GROUP and viewer.may(permissions.ADOPT, each.path)
    ]
    decided = {place.organization_id: place for place in store.list_in_force(conn, viewer.tenant_id)}
    return flask.render_template("roster/scheme/choose.html", organizations=found, decided=decided)


@blueprint.get("/<uuid:organization_id>")
@door.read(permissions.ADOPT)
def show(conn: Connection, viewer: Viewer, organization_id: UUID) -> str:
    """Show what an organisation follows, and the form to follow another scheme or change what is open."""
    organization = commands.access(conn, viewer, permissions.ADOPT, organization_id)
    above = commands.version_above(conn, organization)
    found = store.find_in_force(conn, organization)
    now = versions.get_version(conn, viewer.tenant_id, found.scheme_id, found.scheme_version) if found else None
    decision = store.find_decision(conn, viewer.tenant_id, organization_id)
    return flask.render_template(
        "roster/scheme/adopt.html",
        organization=organization,
        in_force=found,
        changes=[BY_KEY[key].title for key in decision.changes] if decision else [],
        basis=f"{decision.basis_id}/{decision.basis_version}" if decision and decision.basis_id else FOLLOW,
        choices=_choices(conn, viewer, follow=above is not None),
        doubts=doubts(now.values()) if now else [],
        adjustable=showing.groups(now.settings, keys=commands.adjustable(now, above)) if now else [],
        values=now.values() if now else {},
    )


def _choices(conn: Connection, viewer: Viewer, *, follow: bool) -> list[tuple[str, str]]:
    known = [
        version
        for version in versions.list_all(conn, viewer.tenant_id)
        if version.state is State.PUBLISHED and version.organization_id is None
    ]
    installed = {version.preset for version in known}
    return [
        *([(FOLLOW, "沿用上级的方案")] if follow else []),
        *((f"{each.scheme_id}/{each.version}", f"{each.name} 第{each.version}版") for each in known),
        *((each.code, f"{each.name}（预置）") for each in presets.every().values() if each.code not in installed),
    ]


@blueprint.post("/<uuid:organization_id>")
@door.write(permissions.ADOPT)
def adopt(conn: Connection, viewer: Viewer, organization_id: UUID) -> Response:
    """Adopt what was chosen, as it is."""
    choice = _choice(request.form.get("basis", ""))
    return _adopted(commands.adopt(conn, viewer, permissions.ADOPT, organization_id, choice))


@blueprint.post("/<uuid:organization_id>/adjust")
@door.write(permissions.ADOPT)
def adjust(conn: Connection, viewer: Viewer, organization_id: UUID) -> Response:
    """Adopt the same scheme as before, with the changes of the form in place of the earlier ones."""
    # A list of boxes of which none is ticked is not sent at all; the form says which lists it showed.
    shown = {*request.form, *request.form.getlist("boxes")}
    given = wording.read(request.form, [setting.key for setting in SETTINGS if setting.key in shown])
    return _adopted(commands.adjust(conn, viewer, permissions.ADOPT, organization_id, given))


def _adopted(found: InForce) -> Response:
    flask.flash(f"{found.organization}从现在起采用“{found.name}”。正在进行的会议和投票仍按原来的版本。")
    return flask.redirect(f"/roster/schemes/{found.scheme_id}/{found.scheme_version}", 303)


def _choice(reference: str) -> Choice:
    if reference in presets.every():
        return Choice(preset=reference)
    if reference == FOLLOW:
        return Choice()
    scheme_id, _, number = reference.partition("/")
    try:
        return Choice(scheme_id=UUID(scheme_id), version=int(number))
    except ValueError as error:
        raise Invalid(details=["请选定一个方案。"]) from error
