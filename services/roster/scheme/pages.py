"""Pages on schemes: what there is and what is in force, every setting with its source, two versions side by side."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.roster import permissions
from services.roster.adoption import store as adoptions
from services.roster.scheme import calculator, commands, presets, rules, schemas, showing, store, wording
from services.roster.scheme.domain import Document, Preset, Version
from shared.auth import Viewer
from shared.db import Connection
from shared.errors import Invalid
from shared.scheme import SETTINGS
from shared.web import door, forms

blueprint = Blueprint("scheme_pages", __name__, url_prefix="/roster/schemes")


@blueprint.get("/")
@door.read(permissions.READ_SCHEMES)
def list_schemes(conn: Connection, viewer: Viewer) -> str:
    """Show what is in force where, the university's schemes, and the presets."""
    versions = store.list_all(conn, viewer.tenant_id)
    installed = {version.preset for version in versions}
    return flask.render_template(
        "roster/scheme/list.html",
        in_force=adoptions.list_in_force(conn, viewer.tenant_id),
        versions=versions,
        presets=[preset for preset in presets.every().values() if preset.code not in installed],
        choices=_choices(conn, viewer),
        may_write=viewer.holds(permissions.WRITE_SCHEMES),
        may_adopt=viewer.holds(permissions.ADOPT),
    )


def _choices(conn: Connection, viewer: Viewer) -> list[tuple[str, str]]:
    versions = store.list_all(conn, viewer.tenant_id)
    installed = {version.preset for version in versions}
    found: list[Version | Preset] = [preset for preset in presets.every().values() if preset.code not in installed]
    found += versions
    return [(showing.reference(each), showing.label(each)) for each in found]


@blueprint.get("/presets/<code>")
@door.read(permissions.READ_SCHEMES)
def show_preset(conn: Connection, viewer: Viewer, code: str) -> str:
    """Show a preset that nobody here has adopted yet."""
    return _show(conn, viewer, presets.get(code))


@blueprint.get("/<uuid:scheme_id>/<int:number>")
@door.read(permissions.READ_SCHEMES)
def show(conn: Connection, viewer: Viewer, scheme_id: UUID, number: int) -> str:
    """Show a version: every setting in Chinese with its source, and the places it gives."""
    return _show(conn, viewer, store.get_version(conn, viewer.tenant_id, scheme_id, number))


def _show(conn: Connection, viewer: Viewer, version: Version | Preset) -> str:
    rule = showing.ballot(version)
    columns = calculator.columns(rule)
    where = [
        place
        for place in adoptions.list_in_force(conn, viewer.tenant_id)
        if isinstance(version, Version)
        and (place.scheme_id, place.scheme_version) == (version.scheme_id, version.version)
    ]
    return flask.render_template(
        "roster/scheme/show.html",
        version=version,
        label=showing.label(version),
        reference=showing.reference(version),
        draft=isinstance(version, Version) and version.published_at is None,
        where=where,
        groups=showing.groups(version.settings),
        ratio=wording.share(str(rule.ratio)),
        columns=columns,
        steps=calculator.steps(columns),
        others=[choice for choice in _choices(conn, viewer) if choice[0] != showing.reference(version)],
        may_write=viewer.holds(permissions.WRITE_SCHEMES),
        may_adopt=viewer.holds(permissions.ADOPT),
    )


@blueprint.get("/compare")
@door.read(permissions.READ_SCHEMES)
def compare(conn: Connection, viewer: Viewer) -> str:
    """Show two versions side by side: what differs first."""
    left = showing.find(conn, viewer, request.args.get("left", ""))
    right = showing.find(conn, viewer, request.args.get("right", ""))
    differing = set(rules.differing(left.settings, right.settings))
    pairs = [
        (one, other, one.setting.key in differing)
        for (_, ones), (_, others) in zip(showing.groups(left.settings), showing.groups(right.settings), strict=True)
        for one, other in zip(ones, others, strict=True)
    ]
    columns = zip(calculator.columns(showing.ballot(left)), calculator.columns(showing.ballot(right)), strict=True)
    return flask.render_template(
        "roster/scheme/compare.html",
        left=showing.label(left),
        right=showing.label(right),
        pairs=sorted(pairs, key=lambda pair: not pair[2]),
        count=len(differing),
        places=[(one, other) for one, other in columns if one.places != other.places],
    )


@blueprint.post("/")
@door.write(permissions.WRITE_SCHEMES)
def copy(conn: Connection, viewer: Viewer) -> Response:
    """Draft a scheme of the university's own."""
    reference = request.form.get("basis", "")
    data = forms.load(schemas.DocumentFields())
    name = request.form.get("name", "").strip()
    if not name or len(name) > 60:
        raise Invalid(details=["方案名称：须填写，且不超过60字。"])
    draft = commands.copy(conn, viewer, name, showing.find(conn, viewer, reference), _document(data))
    flask.flash("已建立草稿。改好以后发布，才能采用。")
    return flask.redirect(_edit(draft), 303)


@blueprint.post("/<uuid:scheme_id>/draft")
@door.write(permissions.WRITE_SCHEMES)
def draft(conn: Connection, viewer: Viewer, scheme_id: UUID) -> Response:
    """Draft the next version."""
    return flask.redirect(_edit(commands.draft(conn, viewer, scheme_id)), 303)


@blueprint.get("/<uuid:scheme_id>/<int:number>/edit")
@door.read(permissions.WRITE_SCHEMES)
def show_edit(conn: Connection, viewer: Viewer, scheme_id: UUID, number: int) -> str:
    """Show the form of a draft."""
    version = store.get_version(conn, viewer.tenant_id, scheme_id, number)
    rules.require_draft(version)
    return flask.render_template(
        "roster/scheme/edit.html",
        version=version,
        label=showing.label(version),
        groups=showing.groups(version.settings),
        values=version.values(),
    )


@blueprint.post("/<uuid:scheme_id>/<int:number>/edit")
@door.write(permissions.WRITE_SCHEMES)
def edit(conn: Connection, viewer: Viewer, scheme_id: UUID, number: int) -> Response:
    """Keep a draft's form."""
    data = forms.load(schemas.DocumentFields())
    keys = [setting.key for setting in SETTINGS]
    entries: dict[str, dict[str, Any]] = {
        key: {"value": value} for key, value in wording.read(request.form, keys).items()
    }
    for key in entries:
        entries[key]["open"] = f"open.{key}" in request.form
        if source := request.form.get(f"source.{key}", "").strip():
            entries[key]["source"] = source
    before = store.get_version(conn, viewer.tenant_id, scheme_id, number)
    version = commands.change(conn, viewer, scheme_id, number, _document(data), entries)
    flask.flash("草稿已保存。")
    if titles := rules.unsourced(before.settings, version.settings):
        flask.flash(f"内容改了、依据没有改，请核对依据：“{'”“'.join(titles)}”。", "warning")
    return flask.redirect(_address(version), 303)


@blueprint.post("/<uuid:scheme_id>/<int:number>/publish")
@door.write(permissions.WRITE_SCHEMES)
def publish(conn: Connection, viewer: Viewer, scheme_id: UUID, number: int) -> Response:
    """Make a draft final."""
    version = commands.publish(conn, viewer, scheme_id, number)
    flask.flash("已发布，现在可以采用。")
    return flask.redirect(_address(version), 303)


@blueprint.post("/<uuid:scheme_id>/<int:number>/discard")
@door.write(permissions.WRITE_SCHEMES)
def discard(conn: Connection, viewer: Viewer, scheme_id: UUID, number: int) -> Response:
    """Give up a draft."""
    commands.discard(conn, viewer, scheme_id, number)
    flask.flash("草稿已放弃。")
    return flask.redirect("/roster/schemes/", 303)


def _address(version: Version) -> str:
    return f"/roster/schemes/{version.scheme_id}/{version.version}"


def _edit(version: Version) -> str:
    return f"{_address(version)}/edit"


def _document(data: dict[str, Any]) -> Document:
    return Document(data["number"], data["title"], data["on"])
