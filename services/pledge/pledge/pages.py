"""The pages of 提诺: the form of a new pledge, a pledge with its stages and texts, its revision."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.deed import reading as grown
from services.pledge.pledge import commands, further, posted, reading, schemas
from services.pledge.pledge.domain import (
    FORM_NAMES,
    KIND_NAMES,
    TAGS,
    TRIGGER_NAMES,
    VERSION_NAMES,
    Form,
    PledgeState,
    Version,
    VersionState,
)
from services.pledge.pledge.reading import View
from services.pledge.pledge.rules import BadPledge, is_unsent
from services.pledge.tie import store as ties
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import Organization, Person, Standing
from shared.scheme import Scheme
from shared.web import door, forms

blueprint = Blueprint("pledge_pages", __name__, url_prefix="/pledge")
ORIGINS = ("整改落实", "重点任务", "突出问题", "群众反映", "上级部署")
"""Suggested only: what a matter grew from is everybody's own words (R-048)."""
BLANK_ROWS = 5


@blueprint.get("/pledges/new")
@door.read(permissions.WRITE_PLEDGE)
def new(conn: Connection, viewer: Viewer) -> str:
    """Show the form of a new pledge: one's own, another's whom an officer enters, or an organisation's."""
    data = forms.load_from(schemas.FormAsked(), request.args)
    person, organization = _whose(conn, viewer, data)
    scheme = schemes.current(conn, organization)
    year = data["year"] or reading.due(conn, organization, scheme, clock.today()).year
    return flask.render_template(
        "pledge/pledge/new.html", **_shown(conn, viewer, organization, person, scheme, year, None), kind=data["kind"],
        window=commands.window_of(conn, organization, scheme, year), forms=_forms(scheme, person),
        trigger_names=TRIGGER_NAMES, kinds=[(kind, KIND_NAMES[kind]) for kind in KIND_NAMES
                                            if kind in scheme.pledge.kinds],
    )  # fmt: skip


@blueprint.post("/pledges/")
@door.write(permissions.WRITE_PLEDGE)
def make(conn: Connection, viewer: Viewer) -> Response:
    """Keep a new pledge, and hand it in unless only a draft was asked for."""
    pledge = commands.make(conn, viewer, posted.load(schemas.PledgeWritten(), posted.proposal(request.form)))
    return _then(conn, viewer, pledge.id)


@blueprint.get("/pledges/<uuid:pledge_id>")
@door.read(permissions.LIST_PLEDGES)
def show(conn: Connection, viewer: Viewer, pledge_id: UUID) -> str:
    """Show a pledge with its stages and every text that the reader may see."""
    view = reading.show(conn, viewer, pledge_id)
    scheme = commands.scheme_of(conn, view.pledge)
    links = further.collect(conn, viewer, view.pledge, view.organization)
    people = directory.list_named(conn, viewer.tenant_id, [view.pledge.entered_by])
    return flask.render_template(
        "pledge/pledge/show.html", view=view, pledge=view.pledge, scheme=scheme,
        steps=reading.stages(scheme, view, links), form_names=FORM_NAMES, kind_words=KIND_NAMES,
        trigger_names=TRIGGER_NAMES, version_words=VERSION_NAMES, writes=_writes(viewer, view),
        entered_by=people.get(view.pledge.entered_by), asked=reading.asked(conn, viewer, view),
        served=ties.list_words(conn, viewer.tenant_id, _served(view.versions)), serving=reading.serving(conn, view),
        grown=grown.of(conn, viewer, view.pledge, view.organization),
        lacking=_lacking(conn, viewer, view, scheme), unsent=is_unsent(view.pledge),
    )  # fmt: skip


@blueprint.get("/pledges/<uuid:pledge_id>/edit")
@door.read(permissions.WRITE_PLEDGE)
def edit(conn: Connection, viewer: Viewer, pledge_id: UUID) -> str:
    """Show the form that changes or revises a pledge."""
    view = reading.show(conn, viewer, pledge_id)
    pledge, organization = commands.access(conn, viewer, commands.writing_permission(view.pledge), pledge_id)
    scheme = commands.scheme_of(conn, pledge)
    return flask.render_template(
        "pledge/pledge/edit.html", view=view,
        **_shown(conn, viewer, organization, view.person, scheme, pledge.year, view),
    )  # fmt: skip


@blueprint.post("/pledges/<uuid:pledge_id>")
@door.write(permissions.WRITE_PLEDGE)
def rewrite(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Response:
    """Keep a changed text, and hand it in unless only a draft was asked for."""
    data = posted.load(schemas.TextWritten(), posted.text(request.form))
    commands.rewrite(conn, viewer, pledge_id, data["text"], data["authors"])
    return _then(conn, viewer, pledge_id)


@blueprint.post("/pledges/<uuid:pledge_id>/submit")
@door.write(permissions.WRITE_PLEDGE)
def submit(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Response:
    """Hand a draft in."""
    commands.submit(conn, viewer, pledge_id)
    flask.flash("已提交审诺。")
    return _to(pledge_id)


@blueprint.post("/pledges/<uuid:pledge_id>/withdraw")
@door.write(permissions.WRITE_PLEDGE)
def withdraw(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Response:
    """Take back what is not published."""
    commands.withdraw(conn, viewer, pledge_id)
    flask.flash("已撤回。")
    return _to(pledge_id)


@blueprint.post("/pledges/<uuid:pledge_id>/discard")
@door.write(permissions.WRITE_PLEDGE)
def discard(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Response:
    """Delete a draft that was never handed in."""
    pledge = commands.discard(conn, viewer, pledge_id)
    flask.flash("草稿已删除。")
    own = pledge.person_id == viewer.id
    place = "/pledge/" if own else f"/pledge/pledges/?organization_id={pledge.organization_id}&year={pledge.year}"
    return flask.redirect(place, 303)


def _then(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Response:
    """Hand in what was just kept; where something is wrong the draft stays, so that nobody writes it twice."""
    if request.form.get("then") == "draft":
        flask.flash("已存为草稿。")
        return _to(pledge_id)
    try:
        with conn.transaction():
            commands.submit(conn, viewer, pledge_id)
        flask.flash("已提交审诺。")
    except BadPledge as refusal:
        flask.flash("已存为草稿，还不能提交：" + "".join(refusal.details), "warning")
    return _to(pledge_id)


def _to(pledge_id: UUID) -> Response:
    return flask.redirect(f"/pledge/pledges/{pledge_id}", 303)


def _whose(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> tuple[Person | None, Organization]:
    if data["organization_id"]:
        return None, require(conn, viewer, permissions.WRITE_ORGANIZATION_PLEDGE, data["organization_id"])
    person = directory.get_person(conn, viewer.tenant_id, data["person_id"]) if data["person_id"] else viewer.person
    home = branches.of(conn, viewer.tenant_id, person.organization_id)
    return person, require(conn, viewer, permissions.WRITE_PLEDGE, home.id, person_id=person.id)


def _writes(viewer: Viewer, view: View) -> bool:
    permission = commands.writing_permission(view.pledge)
    return viewer.may(permission, view.organization.path, person_id=view.pledge.person_id)


def _lacking(conn: Connection, viewer: Viewer, view: View, scheme: Scheme) -> list[str]:
    """Give what keeps a draft from being handed in, to who may change it: it would be refused whenever one tried."""
    draft = view.newest.state is VersionState.DRAFT and view.pledge.state is PledgeState.OPEN
    if not draft or not _writes(viewer, view):
        return []
    return commands.obstacles(conn, view.pledge, view.newest, scheme, clock.today())


def _served(versions: list[Version]) -> list[UUID]:
    return [item.linked_item_id for version in versions for item in version.items if item.linked_item_id]


def _offered(conn: Connection, organization: Organization, year: int, view: View | None) -> list[tuple[UUID, str]]:
    paths, but = directory.lineage(organization.path), view.pledge.id if view else None
    found = ties.list_offered(conn, organization.tenant_id, paths, year, but=but)
    return [(one.item_id, f"{one.organization}：{one.content}") for one in found]


def _forms(scheme: Scheme, person: Person | None) -> list[tuple[Form, str]]:
    if person is None:
        return [(Form.ORGANIZATION, FORM_NAMES[Form.ORGANIZATION])]
    party = person.standing is not Standing.NONPARTY
    fit = {Form.INDIVIDUAL, Form.GROUP, Form.JOINT} if party else {Form.STAFF}
    return [(form, FORM_NAMES[form]) for form in Form if form in fit and form in scheme.pledge.forms]


def _shown(
    conn: Connection, viewer: Viewer, organization: Organization, person: Person | None, scheme: Scheme, year: int,
    view: View | None,
) -> dict[str, Any]:  # fmt: skip
    """What both forms need: hints of the category, aspects, colleagues, the organisation's items."""
    rules = scheme.pledge
    aspects = (*rules.aspects, *rules.leader_aspects) if person else rules.areas
    texts, unit_type = scheme.register, organization.unit_type
    focus = texts.focus_of(person.identity, unit_type) if person else texts.focus.get(unit_type or "", "")
    leader = person is not None and person.division_rank
    items = view.newest.items if view else []
    return {
        "person": person, "organization": organization, "scheme": scheme, "year": year, "own": person == viewer.person,
        "focus": focus,
        "aspects": [(aspect, aspect) for aspect in aspects], "tags": TAGS, "origins": ORIGINS, "leader_aspects":
        rules.leader_aspects if leader else (), "items": [*items, *[None] * max(1, BLANK_ROWS - len(items))],
        "colleagues": [one for one in branches.list_members(conn, viewer.tenant_id, organization.id) if one != person]
        if person else [],
        "organization_items": _offered(conn, organization, year, view),
    }  # fmt: skip
