"""The page of the members who are cared for; only officers see it."""

from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.care import commands, schemas
from services.pledge.supervision import places
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches
from shared.web import door, forms

blueprint = Blueprint("care_pages", __name__, url_prefix="/pledge/care")


@blueprint.get("/")
@door.read(permissions.READ_CARE)
def show(conn: Connection, viewer: Viewer) -> str:
    """Show who is cared for in an organisation, with the forms."""
    asked = forms.load_from(schemas.PageAsked(), request.args)
    choice = places.chosen(conn, viewer, permissions.READ_CARE, asked["organization_id"])
    cared = commands.list_of(conn, viewer, door.vault(), choice.organization.id)
    known = {one.person.id for one in cared if one.hardship.ended_on is None}
    members = branches.list_members(conn, viewer.tenant_id, choice.organization.id)
    return flask.render_template(
        "pledge/care/show.html", organization=choice.organization, places=choice.others, cared=cared,
        members=[(person.id, person.name) for person in members if person.id not in known],
    )  # fmt: skip


@blueprint.post("/")
@door.write(permissions.RECORD_CARE)
def note(conn: Connection, viewer: Viewer) -> Response:
    """Note that a member is to be cared for."""
    hardship = commands.note(conn, viewer, door.vault(), **forms.load(schemas.HardshipWritten()))
    return _to(hardship.organization_id, "已登记。")


@blueprint.post("/<uuid:person_id>/given")
@door.write(permissions.RECORD_CARE)
def record(conn: Connection, viewer: Viewer, person_id: UUID) -> Response:
    """Record a visit or help."""
    care = commands.record(conn, viewer, door.vault(), person_id, **forms.load(schemas.CareWritten()))
    return _to(care.organization_id, "关怀情况已登记。")


@blueprint.post("/<uuid:person_id>/end")
@door.write(permissions.RECORD_CARE)
def end(conn: Connection, viewer: Viewer, person_id: UUID) -> Response:
    """Note that it is over."""
    hardship = commands.end(conn, viewer, person_id, forms.load(schemas.CareEnded())["on"])
    return _to(hardship.organization_id, "已结束。")


def _to(organization_id: UUID, said: str) -> Response:
    flask.flash(said)
    return flask.redirect(f"/pledge/care/?organization_id={organization_id}", 303)
