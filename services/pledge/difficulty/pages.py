"""The pages of difficulties: those with a pledge, and those that wait for an answer."""

from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.pledge import permissions
from services.pledge.author import commands as authors
from services.pledge.difficulty import commands, schemas
from services.pledge.difficulty.domain import OUTCOMES, STATE_NAMES, DifficultyState, Opened
from services.pledge.pledge import commands as pledges
from services.pledge.progress import commands as progress
from services.pledge.supervision import reach
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("difficulty_pages", __name__, url_prefix="/pledge/difficulties")


@blueprint.get("/")
@door.read(permissions.READ_DIFFICULTY)
def show_all(conn: Connection, viewer: Viewer) -> str:
    """Show the difficulties with a pledge and the form, or all that one may answer."""
    asked = forms.load_from(schemas.DifficultiesAsked(), request.args)
    pledge_id = asked["pledge_id"]
    if pledge_id is None:
        return _waiting(conn, viewer, asked["page"])
    pledge, organization, together = pledges.joined(conn, viewer, permissions.READ_DIFFICULTY, pledge_id)
    own = together or viewer.id == pledge.person_id
    opened = commands.list_of_pledge(conn, viewer, door.vault(), pledge_id)
    return flask.render_template(
        "pledge/difficulty/list.html", pledge=pledge, organization=organization, opened=opened,
        table=progress.table(conn, pledge), people=_people(conn, viewer, opened), **_words(),
        answers=viewer.may(permissions.ANSWER_DIFFICULTY, organization.path) and not own, own=own,
        whose=authors.whose(conn, [pledge]).get(pledge.id, ""),
    )  # fmt: skip


@blueprint.post("/")
@door.write(permissions.REPORT_DIFFICULTY)
def report(conn: Connection, viewer: Viewer) -> Response:
    """Report a difficulty."""
    difficulty = commands.report(conn, viewer, door.vault(), **forms.load(schemas.DifficultyWritten()))
    flask.flash("已反映，支部会尽快答复。")
    return _to(difficulty.pledge_id)


@blueprint.post("/<uuid:difficulty_id>/answers")
@door.write(permissions.ANSWER_DIFFICULTY)
def answer(conn: Connection, viewer: Viewer, difficulty_id: UUID) -> Response:
    """Answer a difficulty."""
    data = forms.load(schemas.DifficultyAnswered())
    outcome = DifficultyState(data["outcome"])
    difficulty = commands.answer(conn, viewer, door.vault(), difficulty_id, data["text"], outcome)
    flask.flash("已答复。")
    return _to(difficulty.pledge_id)


def _waiting(conn: Connection, viewer: Viewer, number: int) -> str:
    page = commands.list_readable(conn, viewer, number)
    ids = [one.person_id for one in page.lines if one.person_id]
    places = reach.organizations(conn, viewer, permissions.ANSWER_DIFFICULTY)
    return flask.render_template(
        "pledge/difficulty/waiting.html", page=page, organizations={one.id: one for one in places},
        people=directory.list_named(conn, viewer.tenant_id, ids), **_words(),
    )  # fmt: skip


def _people(conn: Connection, viewer: Viewer, opened: list[Opened]) -> dict[UUID, object]:
    ids = [one.difficulty.reported_by for one in opened]
    ids += [answer.answered_by for one in opened for answer, _ in one.answers]
    return dict(directory.list_named(conn, viewer.tenant_id, ids))


def _words() -> dict[str, object]:
    return {"state_words": STATE_NAMES, "outcomes": [(one, STATE_NAMES[one]) for one in OUTCOMES]}


def _to(pledge_id: UUID) -> Response:
    return flask.redirect(f"/pledge/difficulties/?pledge_id={pledge_id}", 303)
