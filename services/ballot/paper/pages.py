"""Pages of the ceremony on paper: what a teller's form does, and what is printed."""

import io
from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, Response
from marshmallow import Schema, fields

from services.ballot import permissions
from services.ballot.ballot import view
from services.ballot.ballot.commands import access
from services.ballot.ballot.domain import Candidate, State
from services.ballot.ballot.store import list_candidates
from services.ballot.box import address
from services.ballot.paper import commands, documents, schemas
from shared.auth import Viewer
from shared.db import Connection
from shared.errors import Refusal
from shared.web import door, forms

blueprint = Blueprint("paper_pages", __name__, url_prefix="/ballot/ballots")


def _back(ballot_id: UUID, message: str, category: str = "message") -> Any:
    flask.flash(message, category)
    return flask.redirect(f"/ballot/ballots/{ballot_id}", 303)


def _again(conn: Connection, viewer: Viewer, refusal: Refusal, ballot_id: UUID) -> str | None:
    """Show a teller the ballot with the refused form as it was filled in: numbers are not counted twice for a slip."""
    found = view.show(conn, viewer, ballot_id)
    if not found.is_teller:
        return None
    return flask.render_template(
        "ballot/ballot/show.html", view=found, ballot=found.ballot, refusal=refusal, posted=flask.request.form
    )


@blueprint.post("/<uuid:ballot_id>/open")
@door.write(permissions.COUNT_BALLOT, again=_again)
def open_ballot(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Any:
    """清点人数、发票."""
    ballot = commands.open_(conn, viewer, ballot_id, **forms.load(schemas.OpenForm()), secure=address.secure())
    if ballot.is_grading:
        return _back(ballot_id, f"测评已经开始，请{ballot.electronic}名党员填表。")
    papers = f"，发出选票{ballot.issued}张" if ballot.issued else ""
    electronic = f"，电子投票{ballot.electronic}人" if ballot.electronic else ""
    return _back(ballot_id, f"已清点人数，实到会{ballot.present}人{electronic}{papers}。请投票。")


@blueprint.post("/<uuid:ballot_id>/issue")
@door.write(permissions.COUNT_BALLOT, again=_again)
def correct_ballot(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Any:
    """更正清点."""
    ballot = commands.correct(conn, viewer, ballot_id, **forms.load(schemas.Correct()))
    return _back(ballot_id, f"已更正：实到会{ballot.present}人，发出选票{ballot.issued}张。更正及原因已记录。")


@blueprint.post("/<uuid:ballot_id>/close")
@door.write(permissions.COUNT_BALLOT, again=_again)
def close_ballot(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Any:
    """收回."""
    ballot = commands.close(conn, viewer, ballot_id, **forms.load(schemas.Close()))
    if ballot.state is State.ANNULLED:
        return _back(ballot_id, ballot.statement, "danger")
    if ballot.state is State.CLOSING:
        return _back(ballot_id, "投票已经结束，正在核验剩余的电子选票。")
    return _back(ballot_id, f"已收回选票{ballot.returned}张，请计票。")


@blueprint.post("/<uuid:ballot_id>/count")
@door.write(permissions.COUNT_BALLOT, again=_again)
def count_ballot(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Any:
    """计票."""
    ballot, _ = access(conn, viewer, permissions.COUNT_BALLOT, ballot_id)
    candidates = list_candidates(conn, ballot.tenant_id, ballot.id)
    given = forms.load(_sheet_form(candidates))
    totals = [(each.person_id, given.pop(f"votes-{each.person_id}")) for each in candidates]
    commands.enter(conn, viewer, ballot_id, **given, totals=totals)
    return _back(ballot_id, "计票结果已录入，请另一名监票人复核。")


def _sheet_form(candidates: list[Candidate]) -> Schema:
    """Make the form of a count sheet: one number for each candidate of this ballot."""
    votes: dict[str, fields.Field[Any]] = {
        f"votes-{each.person_id}": schemas.Number(f"{each.name}的得票") for each in candidates
    }
    sheet: Schema = schemas.Papers.from_dict(votes)()
    return sheet


@blueprint.post("/<uuid:ballot_id>/confirm")
@door.write(permissions.COUNT_BALLOT)
def confirm_count(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Any:
    """复核无误."""
    ballot = commands.confirm(conn, viewer, ballot_id)
    if ballot.state is State.TALLYING:
        return _back(ballot_id, "纸质选票的计票结果已经复核，正在解密电子选票。")
    return _back(ballot_id, "计票结果已经复核，可以宣布。")


@blueprint.post("/<uuid:ballot_id>/dispute")
@door.write(permissions.COUNT_BALLOT)
def dispute_count(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Any:
    """复核有异议."""
    commands.dispute(conn, viewer, ballot_id, forms.load(schemas.Dispute())["reason"])
    return _back(ballot_id, "已退回重新计票，原计票单留存备查。")


@blueprint.get("/<uuid:ballot_id>/paper.pdf")
@door.read(permissions.PRINT_PAPERS)
def print_papers(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Response:
    """Print the ballot papers."""
    access(conn, viewer, permissions.PRINT_PAPERS, ballot_id)
    return _pdf("选票", documents.papers(view.show(conn, viewer, ballot_id)))


@blueprint.get("/<uuid:ballot_id>/count.pdf")
@door.read(permissions.SEE_TOTALS)
def print_count(conn: Connection, viewer: Viewer, ballot_id: UUID) -> Response:
    """Print the count sheet or, once the count stands, its report."""
    access(conn, viewer, permissions.SEE_TOTALS, ballot_id)
    found = view.show(conn, viewer, ballot_id)
    return _pdf("计票结果报告单" if found.ballot.counted_at else "计票单", documents.count(found))


def _pdf(name: str, content: bytes) -> Response:
    return flask.send_file(io.BytesIO(content), mimetype="application/pdf", download_name=f"{name}.pdf", max_age=0)
