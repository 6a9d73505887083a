"""The pages of treatments: the list with the form of a branch, one treatment with its reason and the decision."""

from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.ledger import reading as ledger
from services.pledge.treatment import commands, schemas, store
from services.pledge.treatment.domain import KIND_WORDS, STATE_NAMES, TreatmentKind
from shared import clock
from shared import scheme as schemes
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("treatment_pages", __name__, url_prefix="/pledge/treatments")


@blueprint.get("/")
@door.read(permissions.READ_TREATMENT)
def show(conn: Connection, viewer: Viewer) -> str:
    """List the treatments of a year, with the form for a branch's officers."""
    data = forms.load_from(schemas.TreatmentsAsked(), request.args)
    year = data["year"] or clock.today().year
    organization = ledger.place(conn, viewer, permissions.READ_TREATMENT, data["organization_id"])
    found = store.list_below(conn, viewer.tenant_id, organization.path, year)
    kinds = [kind for kind in TreatmentKind if kind in schemes.current(conn, organization).pledge.treatments]
    applies = viewer.may(permissions.APPLY_TREATMENT, organization.path)
    return flask.render_template(
        "pledge/treatment/list.html", organization=organization, year=year, person_id=data["person_id"],
        found=[one for one in found if viewer.may(permissions.READ_TREATMENT, one.path)],
        kinds=[(kind, KIND_WORDS[kind]) for kind in kinds] if applies else [], kind_words=KIND_WORDS,
        state_names=STATE_NAMES,
        members=branches.list_members(conn, viewer.tenant_id, organization.id) if applies else [],
    )  # fmt: skip


@blueprint.post("/")
@door.write(permissions.APPLY_TREATMENT)
def apply(conn: Connection, viewer: Viewer) -> Response:
    """Enter a treatment."""
    data = forms.load(schemas.TreatmentApplied())
    made = commands.apply(conn, viewer, door.vault(), **{**data, "kind": TreatmentKind(data["kind"])})
    flask.flash("已提出，经上级党组织同意后生效。" if made.decided_at is None else "已记明。")
    return flask.redirect(f"/pledge/treatments/?organization_id={made.organization_id}&year={made.year}", 303)


@blueprint.get("/<uuid:treatment_id>")
@door.read(permissions.READ_TREATMENT)
def read_reason(conn: Connection, viewer: Viewer, treatment_id: UUID) -> str:
    """Open one with its reason; every reading is audited."""
    treatment, reason = commands.read_reason(conn, viewer, door.vault(), treatment_id)
    organization = directory.get_organization(conn, viewer.tenant_id, treatment.organization_id)
    return flask.render_template(
        "pledge/treatment/show.html", treatment=treatment, reason=reason, organization=organization,
        person=directory.get_person(conn, viewer.tenant_id, treatment.person_id), kind_words=KIND_WORDS,
        state_names=STATE_NAMES, decides=viewer.may(permissions.DECIDE_TREATMENT, organization.path),
        withdraws=viewer.may(permissions.APPLY_TREATMENT, organization.path),
    )  # fmt: skip


@blueprint.post("/<uuid:treatment_id>/decide")
@door.write(permissions.DECIDE_TREATMENT)
def decide(conn: Connection, viewer: Viewer, treatment_id: UUID) -> Response:
    """Consent or refuse."""
    data = forms.load(schemas.TreatmentDecided())
    commands.decide(conn, viewer, treatment_id, **data)
    flask.flash("已同意。" if data["consents"] else "已答复不同意。")
    return flask.redirect(f"/pledge/treatments/{treatment_id}", 303)


@blueprint.post("/<uuid:treatment_id>/withdraw")
@door.write(permissions.APPLY_TREATMENT)
def withdraw(conn: Connection, viewer: Viewer, treatment_id: UUID) -> Response:
    """Take back."""
    made = commands.withdraw(conn, viewer, treatment_id)
    flask.flash("已撤销。")
    return flask.redirect(f"/pledge/treatments/?organization_id={made.organization_id}&year={made.year}", 303)
