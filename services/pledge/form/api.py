"""The JSON side of forms: taken by members, opened and answered by anybody, counted from paper by officers."""

from typing import Any
from uuid import UUID

import flask
import flask_smorest

from services.pledge import permissions
from services.pledge.assessment.domain import Source
from services.pledge.form import commands, flood, schemas, slip, store
from services.pledge.form.domain import Paper
from services.pledge.form.secret import secret
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("form", __name__, url_prefix="/pledge/api/forms", description="评议表")


@blueprint.route("/<uuid:assessment_id>", methods=["GET"])
@door.public_read(permissions.SEE_FORM)
@blueprint.response(200, schemas.FormShown)
def show(conn: Connection, assessment_id: UUID) -> dict[str, Any]:
    """Open the form of the masses; every opening gives a new token, or none where it asks for the code of a slip."""
    flood.enter()
    assessment, token, questions = commands.show(conn, assessment_id, secret())
    return {"token": token, "source": Source.MASS, "coded": assessment.coded, "questions": questions}


@blueprint.route("/<uuid:assessment_id>/take", methods=["POST"])
@door.write(permissions.TAKE_FORM, remember=False)
@blueprint.response(200, schemas.FormShown)
def take(conn: Connection, viewer: Viewer, assessment_id: UUID) -> dict[str, Any]:
    """Take the one form that a member has; it is shown once, and again to a request under the same random UUID."""
    key = flask.request.headers.get("Idempotency-Key", "")
    token, questions = commands.take(conn, viewer, assessment_id, secret(), key)
    return {"token": token, "source": Source.PEER, "coded": False, "questions": questions}


@blueprint.route("/<uuid:assessment_id>/slips", methods=["GET"])
@door.read(permissions.PRINT_SLIPS)
@blueprint.arguments(schemas.SlipsAsked, location="query")
@blueprint.response(200, schemas.SlipsShown)
def slips(conn: Connection, viewer: Viewer, data: dict[str, Any], assessment_id: UUID) -> dict[str, Any]:
    """Give a batch of slips' codes to who prints them; that they were read is noted."""
    assessment, codes = commands.slips(conn, viewer, assessment_id, secret(), data["part"])
    return {"codes": codes, "parts": slip.batches(assessment.invited)}


@blueprint.route("/<uuid:assessment_id>/answers", methods=["POST"])
@door.public_write(permissions.ANSWER_FORM, remember=False)
@blueprint.arguments(schemas.AnswerGiven)
@blueprint.response(200, schemas.Taken)
def answer(conn: Connection, data: dict[str, Any], assessment_id: UUID) -> dict[str, bool]:
    """Hand in a form with its token, as nobody; the same token again changes nothing."""
    flood.enter()
    commands.answer(conn, door.vault(), secret(), assessment_id=assessment_id, **data)
    return {"received": True}


@blueprint.route("/<uuid:assessment_id>/papers", methods=["GET"])
@door.read(permissions.ENTER_FORMS)
@blueprint.response(200, schemas.PaperShown(many=True))
def list_papers(conn: Connection, viewer: Viewer, assessment_id: UUID) -> list[Paper]:
    """List totals from paper."""
    return store.list_papers(conn, commands.officer(conn, viewer, assessment_id)[0])


@blueprint.route("/<uuid:assessment_id>/papers", methods=["POST"])
@door.write(permissions.ENTER_FORMS)
@blueprint.arguments(schemas.TotalsEntered)
@blueprint.response(201, schemas.PaperShown)
def enter_paper(conn: Connection, viewer: Viewer, data: dict[str, Any], assessment_id: UUID) -> Paper:
    """Enter totals from paper; they count once another confirmed them."""
    return commands.enter_paper(conn, viewer, door.vault(), assessment_id, **data)


@blueprint.route("/papers/<uuid:paper_id>/confirm", methods=["POST"])
@door.write(permissions.ENTER_FORMS)
@blueprint.response(200, schemas.PaperShown)
def confirm_paper(conn: Connection, viewer: Viewer, paper_id: UUID) -> Paper:
    """Confirm totals that another entered."""
    return commands.confirm_paper(conn, viewer, paper_id)


@blueprint.route("/papers/<uuid:paper_id>/drop", methods=["POST"])
@door.write(permissions.ENTER_FORMS)
@blueprint.arguments(schemas.PaperDropped)
@blueprint.response(200, schemas.PaperShown)
def drop_paper(conn: Connection, viewer: Viewer, data: dict[str, Any], paper_id: UUID) -> Paper:
    """Take wrong totals back; once forms are closed only unconfirmed ones, with a reason."""
    return commands.drop_paper(conn, viewer, paper_id, data["reason"])
