"""JSON endpoints of the ceremony on paper; each gives the ballot as the teller now sees it."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from services.ballot import permissions
from services.ballot.ballot import view
from services.ballot.ballot.schemas import BallotShown
from services.ballot.box import address
from services.ballot.paper import commands, schemas
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("paper", __name__, url_prefix="/ballot/api/ballots", description="纸质投票")


@blueprint.route("/<uuid:ballot_id>/open", methods=["POST"])
@door.write(permissions.COUNT_BALLOT)
@blueprint.arguments(schemas.Open)
@blueprint.response(200, BallotShown)
def open_ballot(conn: Connection, viewer: Viewer, data: dict[str, Any], ballot_id: UUID) -> view.View:
    """清点人数、发票: how many are present and how many papers are handed out."""
    commands.open_(conn, viewer, ballot_id, **data, secure=address.secure())
    return view.show(conn, viewer, ballot_id)


@blueprint.route("/<uuid:ballot_id>/issue", methods=["POST"])
@door.write(permissions.COUNT_BALLOT)
@blueprint.arguments(schemas.Correct)
@blueprint.response(200, BallotShown)
def correct_ballot(conn: Connection, viewer: Viewer, data: dict[str, Any], ballot_id: UUID) -> view.View:
    """更正清点: members came late or papers were handed out again; the correction stays on record."""
    commands.correct(conn, viewer, ballot_id, **data)
    return view.show(conn, viewer, ballot_id)


@blueprint.route("/<uuid:ballot_id>/close", methods=["POST"])
@door.write(permissions.COUNT_BALLOT)
@blueprint.arguments(schemas.Close)
@blueprint.response(200, BallotShown)
def close_ballot(conn: Connection, viewer: Viewer, data: dict[str, Any], ballot_id: UUID) -> view.View:
    """收回: how many papers came back; more than were issued make the ballot void, which `void` must confirm."""
    commands.close(conn, viewer, ballot_id, **data)
    return view.show(conn, viewer, ballot_id)


@blueprint.route("/<uuid:ballot_id>/count", methods=["POST"])
@door.write(permissions.COUNT_BALLOT)
@blueprint.arguments(schemas.Count)
@blueprint.response(200, BallotShown)
def count_ballot(conn: Connection, viewer: Viewer, data: dict[str, Any], ballot_id: UUID) -> view.View:
    """计票: one teller's sheet."""
    totals = [(each["person_id"], each["votes"]) for each in data.pop("totals")]
    commands.enter(conn, viewer, ballot_id, **data, totals=totals)
    return view.show(conn, viewer, ballot_id)


@blueprint.route("/<uuid:ballot_id>/confirm", methods=["POST"])
@door.write(permissions.COUNT_BALLOT)
@blueprint.arguments(schemas.Confirm)
@blueprint.response(200, BallotShown)
def confirm_count(conn: Connection, viewer: Viewer, data: dict[str, Any], ballot_id: UUID) -> view.View:
    """复核无误: the other teller lets the count stand."""
    commands.confirm(conn, viewer, ballot_id)
    return view.show(conn, viewer, ballot_id)


@blueprint.route("/<uuid:ballot_id>/dispute", methods=["POST"])
@door.write(permissions.COUNT_BALLOT)
@blueprint.arguments(schemas.Dispute)
@blueprint.response(200, BallotShown)
def dispute_count(conn: Connection, viewer: Viewer, data: dict[str, Any], ballot_id: UUID) -> view.View:
    """复核有异议: the papers are counted again."""
    commands.dispute(conn, viewer, ballot_id, data["reason"])
    return view.show(conn, viewer, ballot_id)
