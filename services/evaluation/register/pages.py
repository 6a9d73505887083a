"""The pages of registers: a member's own, another's for the branch's officers, the branch's overview, the booklet."""

import io
from uuid import UUID

import flask
from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Redirect

from services.evaluation import permissions
from services.evaluation.meeting import store as meetings
from services.evaluation.register import citing, commands, documents, rules, schemas, store
from services.evaluation.register.commands import Entry
from services.evaluation.register.domain import STATE_NAMES, Deed
from shared import clock, period, scheme
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("register_pages", __name__, url_prefix="/evaluation/register")


@blueprint.get("/")
@door.read(permissions.READ_REGISTER)
def own(conn: Connection, viewer: Viewer) -> str:
    """Show one's own register with the form of this quarter."""
    return _show(conn, viewer, None)


@blueprint.get("/<uuid:person_id>")
@door.read(permissions.READ_REGISTER)
def of_person(conn: Connection, viewer: Viewer, person_id: UUID) -> str:
    """Show a member's register to the branch's officers."""
    return _show(conn, viewer, person_id)


@blueprint.post("/")
@door.write(permissions.WRITE_DEED)
def enter(conn: Connection, viewer: Viewer) -> Redirect:
    """Enter a deed."""
    deed = commands.enter(conn, viewer, Entry(**forms.load(schemas.DeedPosted())))
    flask.flash("已登记。")
    return _back(viewer, deed)


@blueprint.get("/deeds/<uuid:deed_id>")
@door.read(permissions.WRITE_DEED)
def show_deed(conn: Connection, viewer: Viewer, deed_id: UUID) -> str:
    """Show the form to change an entry, or to add to one that was presented."""
    deed = commands.access(conn, viewer, permissions.WRITE_DEED, deed_id)
    person, organization = commands.holder(conn, viewer, permissions.WRITE_DEED, deed.person_id)
    meeting = meetings.find_current(conn, viewer.tenant_id, organization.id, deed.period)
    followed = commands.scheme_of(conn, organization, meeting)
    return flask.render_template(
        "evaluation/register/deed.html", deed=deed, person=person, organization=organization, scheme=followed,
        state_names=STATE_NAMES, back=_address(viewer, deed),
        changes=rules.owns(deed, viewer.id), for_another=viewer.id != deed.person_id,
        pledges=citing.choices(conn, viewer.tenant_id, person.id, deed),
        citations=citing.of(conn, viewer.tenant_id, [deed]),
    )  # fmt: skip


@blueprint.post("/deeds/<uuid:deed_id>")
@door.write(permissions.WRITE_DEED)
def change(conn: Connection, viewer: Viewer, deed_id: UUID) -> Redirect:
    """Change an entry."""
    deed = commands.change(conn, viewer, deed_id, Entry(**forms.load(schemas.DeedPosted())))
    flask.flash("已保存。")
    return _back(viewer, deed)


@blueprint.post("/deeds/<uuid:deed_id>/take-back")
@door.write(permissions.WRITE_DEED)
def take_back(conn: Connection, viewer: Viewer, deed_id: UUID) -> Redirect:
    """Take back an entry."""
    deed = commands.take_back(conn, viewer, deed_id)
    flask.flash("已撤回。")
    return _back(viewer, deed)


@blueprint.post("/deeds/<uuid:deed_id>/additions")
@door.write(permissions.WRITE_DEED)
def add(conn: Connection, viewer: Viewer, deed_id: UUID) -> Redirect:
    """Add to what was presented."""
    deed = commands.add(conn, viewer, deed_id, **forms.load(schemas.Addition()))
    flask.flash("已补充。")
    return _back(viewer, deed)


@blueprint.get("/overview")
@door.read(permissions.READ_OVERVIEW)
def overview(conn: Connection, viewer: Viewer) -> str:
    """Show who of a branch has entered and who has not."""
    data = forms.load_from(schemas.OverviewAsked(), request.args)
    quarter = data["period"]
    lines = commands.overview(conn, viewer, data["organization_id"], quarter)
    organization = directory.get_organization(conn, viewer.tenant_id, data["organization_id"])
    return flask.render_template(
        "evaluation/register/overview.html", lines=lines, organization=organization, quarter=quarter,
        before=period.previous(quarter), after=period.following(quarter),
    )  # fmt: skip


@blueprint.post("/no-entry")
@door.write(permissions.CONFIRM_DEED)
def note_no_entry(conn: Connection, viewer: Viewer) -> Redirect:
    """Note why a member has no entry."""
    data = forms.load(schemas.NoEntryNoted())
    person, organization = commands.holder(conn, viewer, permissions.CONFIRM_DEED, data["person_id"])
    commands.note_no_entry(conn, viewer, person.id, data["period"], objective=data["objective"], reason=data["reason"])
    flask.flash(f"已记明{person.name}没有登记的原因。")
    return flask.redirect(
        f"/evaluation/register/overview?organization_id={organization.id}&period={data['period']}#p-{person.id}", 303
    )


@blueprint.get("/<uuid:person_id>/booklet.pdf")
@door.read(permissions.READ_REGISTER)
def booklet(conn: Connection, viewer: Viewer, person_id: UUID) -> Response:
    """Print a register as a booklet."""
    person, organization = commands.holder(conn, viewer, permissions.READ_REGISTER, person_id)
    content = documents.booklet(conn, person, organization, scheme.current(conn, organization))
    return flask.send_file(
        io.BytesIO(content), mimetype="application/pdf",
        download_name=f"{organization.name}+登记证+{person.name}.pdf",
    )  # fmt: skip


def _show(conn: Connection, viewer: Viewer, person_id: UUID | None) -> str:
    person, organization = commands.holder(conn, viewer, permissions.READ_REGISTER, person_id)
    quarter = request.args.get("period", "")
    if not period.PATTERN.match(quarter):
        quarter = period.of(clock.today())
    meeting = meetings.find_current(conn, viewer.tenant_id, organization.id, quarter)
    deeds = store.list_history(conn, viewer.tenant_id, person.id)
    found = documents.quarters(deeds)
    own = person.id == viewer.id
    return flask.render_template(
        "evaluation/register/show.html", person=person, organization=organization, own=own, quarter=quarter,
        scheme=commands.scheme_of(conn, organization, meeting), state_names=STATE_NAMES, meeting=meeting,
        open=rules.is_open(meeting, for_another=not own),
        current=next((deeds for name, deeds in found if name == quarter), []),
        earlier=[(name, deeds) for name, deeds in found if name != quarter],
        pledges=citing.choices(conn, viewer.tenant_id, person.id),
        citations=citing.of(conn, viewer.tenant_id, deeds),
    )  # fmt: skip


def _address(viewer: Viewer, deed: Deed) -> str:
    whose = "" if deed.person_id == viewer.id else str(deed.person_id)
    return f"/evaluation/register/{whose}?period={deed.period}"


def _back(viewer: Viewer, deed: Deed) -> Redirect:
    return flask.redirect(_address(viewer, deed), 303)
