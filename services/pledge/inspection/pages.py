"""The pages of inspections: the list with the form, one inspection with its sample and what was found."""

from uuid import UUID

import flask
from flask import Blueprint, Response
from werkzeug.wrappers import Response as Redirect

from services.pledge import permissions
from services.pledge.author import commands as authors
from services.pledge.inspection import commands, sample, schemas
from services.pledge.inspection.domain import KIND_NAMES, Kind
from services.pledge.progress import commands as progress
from services.pledge.progress.domain import Table
from services.pledge.supervision import reach
from services.pledge.turning import PageAsked
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.errors import NotAllowed
from shared.web import door, forms

blueprint = Blueprint("inspection_pages", __name__, url_prefix="/pledge/inspections")


@blueprint.get("/")
@door.read(permissions.READ_INSPECTION)
def show_all(conn: Connection, viewer: Viewer) -> str:
    """Show the inspections that one may see, and the form for who inspects."""
    run = reach.organizations(conn, viewer, permissions.RUN_INSPECTION)
    page = commands.list_readable(conn, viewer, forms.load_from(PageAsked(), flask.request.args)["page"])
    names = {one.id: one.name for one in directory.list_below(conn, directory.get_top(conn, viewer.tenant_id))}
    return flask.render_template(
        "pledge/inspection/list.html", page=page, places=[(one.id, one.name) for one in run], names=names,
        kind_words=KIND_NAMES, year=clock.today().year,
    )  # fmt: skip


@blueprint.post("/")
@door.write(permissions.RUN_INSPECTION)
def inspect(conn: Connection, viewer: Viewer) -> Redirect:
    """Enter an inspection; for a random one draw the sample."""
    data = forms.load(schemas.InspectionWritten())
    inspection = commands.inspect(conn, viewer, **{**data, "kind": Kind(data["kind"])})
    flask.flash("已登记。")
    return _to(inspection.id)


@blueprint.get("/<uuid:inspection_id>")
@door.read(permissions.READ_INSPECTION)
def show(conn: Connection, viewer: Viewer, inspection_id: UUID) -> str:
    """Show an inspection."""
    seen = commands.read(conn, viewer, inspection_id)
    inspection = seen.inspection
    drawn = inspection.drawn if seen.whole else []
    named = [one.pledge_id for one in seen.observations if one.pledge_id]
    tables = progress.tables(conn, viewer.tenant_id, [*drawn, *(each for each in named if each not in drawn)])
    place = directory.get_organization(conn, viewer.tenant_id, inspection.organization_id)
    return flask.render_template(
        "pledge/inspection/show.html", seen=seen, inspection=inspection, place=place, kind_words=KIND_NAMES,
        drawn=[table for table in tables if table.pledge.id in drawn], digest=sample.digest(inspection.listed),
        whose=_whose(conn, viewer, tables), runs=viewer.may(permissions.RUN_INSPECTION, place.path),
    )  # fmt: skip


@blueprint.get("/<uuid:inspection_id>/list.txt")
@door.read(permissions.READ_INSPECTION)
def download_list(conn: Connection, viewer: Viewer, inspection_id: UUID) -> Response:
    """Give the list from which was drawn, so that anybody who has it draws the same sample."""
    seen = commands.read(conn, viewer, inspection_id)
    if not seen.whole:
        raise NotAllowed
    return Response(sample.listed(seen.inspection.listed), mimetype="text/plain")


@blueprint.post("/<uuid:inspection_id>/observations")
@door.write(permissions.RUN_INSPECTION)
def observe(conn: Connection, viewer: Viewer, inspection_id: UUID) -> Redirect:
    """Note what was found."""
    commands.observe(conn, viewer, inspection_id, **forms.load(schemas.ObservationWritten()))
    flask.flash("已登记发现的情况。")
    return _to(inspection_id)


@blueprint.post("/observations/<uuid:observation_id>/result")
@door.write(permissions.FOLLOW_UP_INSPECTION)
def finish(conn: Connection, viewer: Viewer, observation_id: UUID) -> Redirect:
    """Note what was put right."""
    observation = commands.finish(conn, viewer, observation_id, **forms.load(schemas.ObservationFinished()))
    flask.flash("整改结果已登记。")
    return _to(observation.inspection_id)


def _whose(conn: Connection, viewer: Viewer, tables: list[Table]) -> dict[UUID, str]:
    """Give by pledge the names of all who made it and where."""
    names = authors.whose(conn, [one.pledge for one in tables])
    places = directory.list_organizations(conn, viewer.tenant_id, {one.pledge.organization_id for one in tables})
    return {
        one.pledge.id: "　".join([*([names[one.pledge.id]] if one.pledge.id in names else []),
                                 places[one.pledge.organization_id].name])
        for one in tables
    }  # fmt: skip


def _to(inspection_id: UUID) -> Redirect:
    return flask.redirect(f"/pledge/inspections/{inspection_id}", 303)
