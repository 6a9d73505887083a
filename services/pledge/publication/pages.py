"""The pages of 亮诺: what waits to be shown, and where one pledge was shown."""

from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response as Answer

from services.pledge import permissions
from services.pledge.pledge import commands as pledges
from services.pledge.pledge import store as pledge_store
from services.pledge.pledge.domain import FORM_NAMES, KIND_NAMES, VERSION_NAMES
from services.pledge.proof import store as proofs
from services.pledge.proof.rules import MOST
from services.pledge.publication import commands, reading, rules, schemas, store
from services.pledge.publication.domain import SCOPE_NAMES
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.errors import Refusal
from shared.web import door, forms

blueprint = Blueprint("publication_pages", __name__, url_prefix="/pledge/publications")
NAMES = {"form_names": FORM_NAMES, "pledge_kinds": KIND_NAMES, "version_names": VERSION_NAMES,
         "scope_names": SCOPE_NAMES}  # fmt: skip


@blueprint.get("/")
@door.read(permissions.PUBLISH_PLEDGE)
def list_waiting(conn: Connection, viewer: Viewer) -> str:
    """Show what was reviewed and waits to be shown."""
    groups = reading.waiting(conn, viewer)
    return flask.render_template(
        "pledge/publication/list.html", groups=groups, most=reading.MOST, now=clock.today(), **NAMES
    )


@blueprint.post("/")
@door.write(permissions.PUBLISH_PLEDGE)
def record(conn: Connection, viewer: Viewer) -> Answer:
    """Keep that pledges were shown."""
    records = commands.record(conn, viewer, **forms.load(schemas.PublicationWritten()))
    flask.flash(f"已登记公示{len(records)}份承诺。")
    if flask.request.form.get("back") == "pledge":
        return flask.redirect(flask.url_for("publication_pages.show", pledge_id=records[0].pledge_id), 303)
    return flask.redirect(flask.url_for("publication_pages.list_waiting"), 303)


@blueprint.get("/<uuid:pledge_id>")
@door.read(permissions.PUBLISH_PLEDGE)
def show(conn: Connection, viewer: Viewer, pledge_id: UUID) -> str:
    """Show where a pledge was shown, with the form for one showing more."""
    pledge, organization = pledges.access(conn, viewer, permissions.PUBLISH_PLEDGE, pledge_id)
    newest = pledge_store.get_version(conn, pledge, pledge.version)
    refused = ""
    try:
        rules.target(pledge, newest)
    except Refusal as refusal:
        refused = refusal.message
    scheme = pledges.scheme_of(conn, pledge)
    records = store.list_records(conn, pledge.tenant_id, pledge.id)
    person = directory.get_person(conn, pledge.tenant_id, pledge.person_id) if pledge.person_id else None
    return flask.render_template(
        "pledge/publication/show.html", pledge=pledge, organization=organization, newest=newest, person=person,
        refused=refused, records=records, now=clock.today(), most=MOST,
        proofs=proofs.list_of(conn, pledge.tenant_id, [one.id for one in records]),
        channels=rules.channels(scheme), scopes=rules.scopes(scheme), **NAMES,
    )  # fmt: skip


@blueprint.post("/records/<uuid:record_id>/strike")
@door.write(permissions.PUBLISH_PLEDGE)
def strike(conn: Connection, viewer: Viewer, record_id: UUID) -> Answer:
    """Strike a wrong record out."""
    struck = commands.strike(conn, viewer, record_id, forms.load(schemas.StrikeWritten())["reason"])
    flask.flash("已划去这条公示登记。")
    return flask.redirect(flask.url_for("publication_pages.show", pledge_id=struck.pledge_id), 303)
