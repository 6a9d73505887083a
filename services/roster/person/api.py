"""JSON endpoints on people."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.roster import permissions
from services.roster.person import commands, schemas
from services.roster.person.domain import Contact, Record
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("person", __name__, url_prefix="/roster/api/people", description="人员")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_NAMES)
@blueprint.arguments(schemas.PersonSearch, location="query")
@blueprint.response(200, schemas.PeopleFound)
def find_people(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> dict[str, Any]:
    """Find people by name, number, pinyin or initials, fifty to a page, in 姓氏笔画 order."""
    people, total = commands.search(
        conn,
        viewer,
        permissions.READ_NAMES,
        query=data["q"],
        organization_id=data["organization_id"],
        with_gone=data["gone"],
        page=data["page"],
    )
    return {"total": total, "page": data["page"], "people": people}


@blueprint.route("", methods=["POST"])
@door.write(permissions.WRITE_PERSON)
@blueprint.arguments(schemas.PersonEntry)
@blueprint.response(201, schemas.PersonRecord)
def enter_person(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Record:
    """Enter a person in an organisation."""
    return commands.enter(conn, viewer, permissions.WRITE_PERSON, data)


@blueprint.route("/<uuid:person_id>", methods=["GET"])
@door.read(permissions.READ_PERSON)
@blueprint.response(200, schemas.PersonRecord)
def show_person(conn: Connection, viewer: Viewer, person_id: UUID) -> Record:
    """Show a person with the particulars, to the person and to those who deal with them."""
    return commands.access(conn, viewer, permissions.READ_PERSON, person_id)


@blueprint.route("/<uuid:person_id>", methods=["PATCH"])
@door.write(permissions.WRITE_PERSON)
@blueprint.arguments(schemas.PersonChange)
@blueprint.response(200, schemas.PersonRecord)
def change_person(conn: Connection, viewer: Viewer, data: dict[str, Any], person_id: UUID) -> Record:
    """Change a person's particulars, transfer them (`organization_id`), let them leave or come back (`active`)."""
    return commands.change(conn, viewer, permissions.WRITE_PERSON, person_id, data)


@blueprint.route("/<uuid:person_id>/contact", methods=["POST"])
@door.write(permissions.RECORD_CONTACT)
@blueprint.arguments(schemas.ContactEntry)
@blueprint.response(201, schemas.ContactShown)
def record_contact(conn: Connection, viewer: Viewer, data: dict[str, Any], person_id: UUID) -> Contact:
    """Record a contact with a member who is away."""
    return commands.contact(conn, viewer, permissions.RECORD_CONTACT, person_id, **data)
