"""The pages of forms: a member takes one, anybody fills the open one, officers enter paper and print."""

import io
from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, Response
from werkzeug.wrappers import Response as Answer

from services.pledge import permissions
from services.pledge.assessment import commands as assessments
from services.pledge.assessment import store as assessment_store
from services.pledge.assessment.domain import FORMS, SOURCE_NAMES, Source
from services.pledge.form import commands, counting, documents, flood, questions, rules, schemas, store
from services.pledge.form.secret import secret
from services.pledge.grading import store as gradings
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.errors import Invalid, Refusal
from shared.web import door, forms

blueprint = Blueprint("form_pages", __name__, url_prefix="/pledge/forms")


@blueprint.get("/<uuid:assessment_id>")
@door.public_read(permissions.SEE_FORM)
def show(conn: Connection, assessment_id: UUID) -> str:
    """Show the form of the masses, which a code on a poster leads to."""
    flood.enter()
    assessment, token, asked = commands.show(conn, assessment_id, secret())
    return flask.render_template(
        "pledge/form/fill.html", one=assessment, token=token, questions=asked, source=Source.MASS
    )


@blueprint.post("/<uuid:assessment_id>/take")
@door.write(permissions.TAKE_FORM, remember=False)
def take(conn: Connection, viewer: Viewer, assessment_id: UUID) -> str:
    """Give a member the one form, as the answer to this request and nowhere else."""
    token, asked = commands.take(conn, viewer, assessment_id, secret(), flask.request.form.get("_request", ""))
    assessment = assessment_store.read(conn, viewer.tenant_id, assessment_id)
    return flask.render_template(
        "pledge/form/fill.html", one=assessment, token=token, questions=asked, source=Source.PEER
    )


def _again(conn: Connection, refusal: Refusal, assessment_id: UUID) -> str | None:
    """Show a form once more as it was filled in, to whoever sent it and nobody else: nothing of it is kept here."""
    posted = flask.request.form
    if not isinstance(refusal, (Invalid, rules.SlipUnknown, rules.SlipUsed)) or posted.get("source") not in FORMS:
        return None
    source, token = Source(posted["source"]), posted.get("token", "")
    assessment, asked = commands.reopen(conn, assessment_id, secret(), source, token)
    return flask.render_template(
        "pledge/form/fill.html", one=assessment, token=token, questions=asked, source=source, refusal=refusal,
        posted=posted,
    )  # fmt: skip


@blueprint.post("/<uuid:assessment_id>/answers")
@door.public_write(permissions.ANSWER_FORM, remember=False, again=_again)
def answer(conn: Connection, assessment_id: UUID) -> str:
    """Take a form in; who is signed in is not looked at."""
    flood.enter()
    data: dict[str, Any] = forms.load(schemas.AnswerGiven(exclude=["choices"]))
    choices = {name[2:]: choice for name, choice in flask.request.form.items() if name.startswith("c-")}
    commands.answer(conn, door.vault(), secret(), assessment_id=assessment_id, **{**data, "choices": choices})
    return flask.render_template("pledge/form/thanks.html")


@blueprint.get("/<uuid:assessment_id>/papers")
@door.read(permissions.ENTER_FORMS)
def list_papers(conn: Connection, viewer: Viewer, assessment_id: UUID) -> str:
    """Show the totals from paper, with the forms to enter and confirm."""
    return _papers(conn, viewer, None, assessment_id)


def _papers(conn: Connection, viewer: Viewer, refusal: Refusal | None, assessment_id: UUID) -> str:
    assessment, organization = commands.officer(conn, viewer, assessment_id)
    scheme = assessments.scheme_of(conn, assessment)
    papers = store.list_papers(conn, assessment)
    people = [one for paper in papers for one in (paper.entered_by, paper.confirmed_by) if one]
    vault = door.vault()
    return flask.render_template(
        "pledge/form/papers.html", one=assessment, organization=organization,
        papers=[(paper, counting.opened(paper.sealed, vault)) for paper in papers],
        dropped=store.list_explained(conn, assessment),
        named=directory.list_named(conn, viewer.tenant_id, people), source_names=SOURCE_NAMES,
        sources=[source for source in schemas.SOURCES if source in scheme.appraisal.sources],
        questions=questions.of(conn, assessment, scheme), scheme=scheme,
        grading=gradings.find_standing(conn, viewer.tenant_id, assessment.id), refusal=refusal,
        posted=flask.request.form,
    )  # fmt: skip


@blueprint.post("/<uuid:assessment_id>/papers")
@door.write(permissions.ENTER_FORMS, again=_papers)
def enter_paper(conn: Connection, viewer: Viewer, assessment_id: UUID) -> Answer:
    """Enter totals: one field n|line|choice for each number."""
    posted = flask.request.form
    data: dict[str, Any] = forms.load(schemas.TotalsEntered(exclude=["counts", "texts"]))
    counts: dict[str, dict[str, int]] = {}
    for name, number in posted.items():
        if name.startswith("n|") and number.strip().isdecimal() and len(number) <= 6:
            _, key, choice = name.split("|", 2)
            counts.setdefault(key, {})[choice] = int(number)
    texts = [line.strip()[:200] for line in posted.get("texts", "").splitlines() if line.strip()][:500]
    commands.enter_paper(conn, viewer, door.vault(), assessment_id, **{**data, "counts": counts, "texts": texts})
    flask.flash("汇总已登记，请另一人对照纸质表核对。")
    return _back(assessment_id)


@blueprint.post("/papers/<uuid:paper_id>/confirm")
@door.write(permissions.ENTER_FORMS)
def confirm_paper(conn: Connection, viewer: Viewer, paper_id: UUID) -> Answer:
    """Confirm."""
    paper = commands.confirm_paper(conn, viewer, paper_id)
    flask.flash("已核对，计入汇总。")
    return _back(paper.assessment_id)


@blueprint.post("/papers/<uuid:paper_id>/drop")
@door.write(permissions.ENTER_FORMS)
def drop_paper(conn: Connection, viewer: Viewer, paper_id: UUID) -> Answer:
    """Take back."""
    paper = commands.drop_paper(conn, viewer, paper_id, **forms.load(schemas.PaperDropped()))
    flask.flash("已作废，可以重新登记。")
    return _back(paper.assessment_id)


@blueprint.get("/<uuid:assessment_id>/slips.pdf")
@door.read(permissions.PRINT_SLIPS)
def print_slips(conn: Connection, viewer: Viewer, assessment_id: UUID) -> Response:
    """Print a batch of slips, to be cut and handed out without looking."""
    part = forms.load_from(schemas.SlipsAsked(), flask.request.args)["part"]
    assessment, codes = commands.slips(conn, viewer, assessment_id, secret(), part)
    return flask.send_file(
        io.BytesIO(documents.slips(assessment, codes)), mimetype="application/pdf", download_name="评议码.pdf"
    )


@blueprint.get("/<uuid:assessment_id>/<any(peer, mass):source>.pdf")
@door.read(permissions.PRINT_FORM)
def print_form(conn: Connection, viewer: Viewer, assessment_id: UUID, source: str) -> Response:
    """Print a form that asks the same as the page; the one of the masses carries the code of the page."""
    assessment, organization = assessments.access(conn, viewer, permissions.PRINT_FORM, assessment_id)
    asked = questions.of(conn, assessment, assessments.scheme_of(conn, assessment))
    content = documents.form(assessment, organization, Source(source), asked)
    return flask.send_file(
        io.BytesIO(content), mimetype="application/pdf",
        download_name=f"{organization.name}{SOURCE_NAMES[Source(source)]}表.pdf",
    )  # fmt: skip


def _back(assessment_id: UUID) -> Answer:
    return flask.redirect(f"/pledge/forms/{assessment_id}/papers", 303)
