"""Pages on people: search, one person, the forms that enter and change."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.roster import permissions
from services.roster.exemption import store as exemptions
from services.roster.exemption.domain import EFFECT_NAMES, GROUND_NAMES, STATE_NAMES
from services.roster.naming import readings
from services.roster.organization import commands as organizations
from services.roster.person import commands, schemas, store
from services.roster.person.domain import CHANNEL_NAMES, GENDER_NAMES, Record
from services.roster.person.rules import HOMES
from services.roster.position import store as positions
from services.roster.session import commands as accounts
from services.roster.session.schemas import SetPassword
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import IDENTITY_NAMES, STANDING_NAMES
from shared.web import door, forms

blueprint = Blueprint("person_pages", __name__, url_prefix="/roster/people")
_TEXTS = ("post", "email", "phone", "reading", "remark", "gender")


@blueprint.get("/")
@door.read(permissions.READ_NAMES)
def search(conn: Connection, viewer: Viewer) -> str:
    """Find people."""
    data = forms.load_from(schemas.PersonSearch(), request.args)
    found, total = commands.search(
        conn,
        viewer,
        permissions.READ_NAMES,
        query=data["q"],
        organization_id=data["organization_id"],
        with_gone=data["gone"],
        page=data["page"],
    )
    pages = -(-total // store.PAGE)
    details = viewer.places(permissions.WRITE_PERSON)
    return flask.render_template(
        "roster/person/search.html", found=found, total=total, data=data, pages=pages, sees_details=bool(details)
    )


@blueprint.get("/new")
@door.read(permissions.WRITE_PERSON)
def draft(conn: Connection, viewer: Viewer) -> str:
    """Show the form for a new person."""
    organization_id = request.args.get("organization_id", type=UUID)
    return flask.render_template("roster/person/edit.html", record=None, home=organization_id, **_choices(conn, viewer))


@blueprint.post("/")
@door.write(permissions.WRITE_PERSON)
def enter(conn: Connection, viewer: Viewer) -> Response:
    """Enter a person."""
    data = forms.load(schemas.PersonEntry(exclude=["active"]))
    record = commands.enter(conn, viewer, permissions.WRITE_PERSON, data)
    flask.flash(f"已登记{record.person.name}。")
    return _to(record.person.id)


@blueprint.get("/<uuid:person_id>")
@door.read(permissions.READ_PERSON)
def show(conn: Connection, viewer: Viewer, person_id: UUID) -> str:
    """Show a person with everything that may be done for them."""
    record = commands.access(conn, viewer, permissions.READ_PERSON, person_id)
    organization = directory.get_organization(conn, viewer.tenant_id, record.person.organization_id)
    above = directory.get_organization(conn, viewer.tenant_id, organization.parent_id or organization.id)
    return flask.render_template(
        "roster/person/show.html",
        record=record,
        joined=schemas.shown(record, "joined"),
        formal=schemas.shown(record, "formal"),
        reading=record.detail.reading or readings.reading(record.person.name),
        organization=organization,
        positions=positions.list_of_person(conn, viewer.tenant_id, person_id),
        exemptions=exemptions.list_of_person(conn, viewer.tenant_id, person_id),
        contacts=store.list_contacts(conn, viewer.tenant_id, person_id) if record.person.floating else [],
        genders=GENDER_NAMES,
        grounds=list(GROUND_NAMES.items()),
        effects=EFFECT_NAMES,
        states=STATE_NAMES,
        channels=CHANNEL_NAMES,
        may={
            "write": viewer.may(permissions.WRITE_PERSON, organization.path),
            "contact": viewer.may(permissions.RECORD_CONTACT, organization.path),
            "ask": viewer.may(permissions.ASK_EXEMPTION, organization.path),
            "decide": viewer.may(permissions.DECIDE_EXEMPTION, above.path),
            "reason": viewer.may(permissions.READ_EXEMPTION, organization.path),
            "password": viewer.may(permissions.SET_PASSWORD, organization.path),
        },
    )


@blueprint.get("/<uuid:person_id>/edit")
@door.read(permissions.WRITE_PERSON)
def edit(conn: Connection, viewer: Viewer, person_id: UUID) -> str:
    """Show the form that changes or transfers a person."""
    record = commands.access(conn, viewer, permissions.WRITE_PERSON, person_id)
    home = record.person.organization_id
    return flask.render_template("roster/person/edit.html", record=record, home=home, **_choices(conn, viewer))


@blueprint.post("/<uuid:person_id>")
@door.write(permissions.WRITE_PERSON)
def change(conn: Connection, viewer: Viewer, person_id: UUID) -> Response:
    """Change or transfer a person."""
    data = forms.load(schemas.PersonChange(exclude=["active"]))
    data |= dict.fromkeys(forms.emptied(*_TEXTS), "") | forms.emptied("joined", "formal", "birth_year")
    return _changed(conn, viewer, person_id, data, "已保存。")


@blueprint.post("/<uuid:person_id>/leave")
@door.write(permissions.WRITE_PERSON)
def leave(conn: Connection, viewer: Viewer, person_id: UUID) -> Response:
    """Let a person leave."""
    return _changed(conn, viewer, person_id, {"active": False}, "已登记离开，任职和登录同时终止。")


@blueprint.post("/<uuid:person_id>/return")
@door.write(permissions.WRITE_PERSON)
def come_back(conn: Connection, viewer: Viewer, person_id: UUID) -> Response:
    """Take a person back onto the roster."""
    return _changed(conn, viewer, person_id, {"active": True}, "已恢复在册。")


@blueprint.post("/<uuid:person_id>/contact")
@door.write(permissions.RECORD_CONTACT)
def contact(conn: Connection, viewer: Viewer, person_id: UUID) -> Response:
    """Record a contact with a member who is away."""
    data = forms.load(schemas.ContactEntry())
    commands.contact(conn, viewer, permissions.RECORD_CONTACT, person_id, **data)
    flask.flash("已登记联系情况。")
    return _to(person_id)


@blueprint.post("/<uuid:person_id>/password")
@door.write(permissions.SET_PASSWORD, remember=False)
def set_password(conn: Connection, viewer: Viewer, person_id: UUID) -> Response:
    """Give a person a first or a new password."""
    password = forms.load(SetPassword())["password"]
    accounts.set_password_of(conn, viewer, permissions.SET_PASSWORD, person_id, password)
    flask.flash("已设置初始密码，请当面告知本人；本人登录后须改成自己的密码。")
    return _to(person_id)


def _changed(conn: Connection, viewer: Viewer, person_id: UUID, data: dict[str, Any], said: str) -> Response:
    record: Record = commands.change(conn, viewer, permissions.WRITE_PERSON, person_id, data)
    flask.flash(f"{record.person.name}：{said}")
    return _to(person_id)


def _choices(conn: Connection, viewer: Viewer) -> dict[str, Any]:
    return {
        "homes": [
            (each.id, each.name)
            for each in organizations.tree(conn, viewer.tenant_id)
            if each.active and each.kind in HOMES and viewer.may(permissions.WRITE_PERSON, each.path)
        ],
        "standings": list(STANDING_NAMES.items()),
        "identities": list(IDENTITY_NAMES.items()),
        "genders": [(key, name or "不填") for key, name in GENDER_NAMES.items()],
    }


def _to(person_id: UUID) -> Response:
    return flask.redirect(f"/roster/people/{person_id}", 303)
