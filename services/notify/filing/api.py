"""The JSON door to filings: list, read, return, correct, submit, acknowledge, and the 登记表 as a file."""

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.notify import permissions
from services.notify.document import files
from services.notify.filing import commands, form, schemas, view
from services.notify.filing.domain import Correction, Filing, Withdrawal
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("filing", __name__, url_prefix="/notify/api/filings", description="备案")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_FILINGS)
@blueprint.arguments(schemas.FilingsAsked, location="query")
@blueprint.response(200, schemas.FilingShown(many=True))
def list_filings(conn: Connection, viewer: Viewer, asked: dict[str, Any]) -> list[Filing]:
    """List the filings that the viewer may read."""
    return [filing for filing, _ in view.list_visible(conn, viewer, permissions.READ_FILINGS, **asked)]


@blueprint.route("/<uuid:filing_id>", methods=["GET"])
@door.read(permissions.READ_FILINGS)
@blueprint.response(200, schemas.FilingWhole)
def read_filing(conn: Connection, viewer: Viewer, filing_id: UUID) -> view.Whole:
    """Read a filing with its lines and history."""
    filing = commands.access(conn, viewer, permissions.READ_FILINGS, filing_id, change=False)
    return view.whole(conn, filing, door.vault())


@blueprint.route("/<uuid:filing_id>/return", methods=["POST"])
@door.write(permissions.DECIDE_FILING)
@blueprint.arguments(schemas.Return)
@blueprint.response(200, schemas.FilingWhole)
def return_filing(conn: Connection, viewer: Viewer, data: dict[str, Any], filing_id: UUID) -> view.Whole:
    """Return a filing for correction, with reasons."""
    filing = commands.access(conn, viewer, permissions.DECIDE_FILING, filing_id)
    filing = commands.give_back(conn, viewer, filing, data["reasons"], data["revision"], door.vault())
    return view.whole(conn, filing, door.vault())


@blueprint.route("/<uuid:filing_id>/correct", methods=["POST"])
@door.write(permissions.CORRECT_FILING)
@blueprint.arguments(schemas.Correct)
@blueprint.response(200, schemas.FilingWhole)
def correct_filing(conn: Connection, viewer: Viewer, data: dict[str, Any], filing_id: UUID) -> view.Whole:
    """Correct lines of a returned filing, or withdraw some with a reason."""
    filing = commands.access(conn, viewer, permissions.CORRECT_FILING, filing_id)
    corrections = [Correction(**line) for line in data["lines"]]
    withdrawals = [Withdrawal(**line) for line in data["withdraw"]]
    filing = commands.correct(conn, viewer, filing, corrections, withdrawals, door.vault())
    return view.whole(conn, filing, door.vault())


@blueprint.route("/<uuid:filing_id>/submit", methods=["POST"])
@door.write(permissions.CORRECT_FILING)
@blueprint.response(200, schemas.FilingWhole)
def submit_filing(conn: Connection, viewer: Viewer, filing_id: UUID) -> view.Whole:
    """Submit a returned filing again."""
    filing = commands.access(conn, viewer, permissions.CORRECT_FILING, filing_id)
    return view.whole(conn, commands.submit(conn, viewer, filing), door.vault())


@blueprint.route("/<uuid:filing_id>/acknowledge", methods=["POST"])
@door.write(permissions.DECIDE_FILING)
@blueprint.arguments(schemas.Acknowledge)
@blueprint.response(200, schemas.FilingWhole)
def acknowledge_filing(conn: Connection, viewer: Viewer, data: dict[str, Any], filing_id: UUID) -> view.Whole:
    """Take a filing onto the record; its names are posted at once."""
    filing = commands.access(conn, viewer, permissions.DECIDE_FILING, filing_id)
    return view.whole(conn, commands.acknowledge(conn, viewer, filing, **data), door.vault())


@blueprint.route("/<uuid:filing_id>/form.<any(docx, pdf, xlsx):kind>", methods=["GET"])
@door.read(permissions.READ_FILINGS)
@blueprint.response(200, files.FILE, content_type=files.TYPES["docx"], description="登记表")
@blueprint.response(200, files.FILE, content_type=files.TYPES["pdf"], description="登记表")
@blueprint.response(200, files.FILE, content_type=files.TYPES["xlsx"], description="登记表")
def read_form(conn: Connection, viewer: Viewer, filing_id: UUID, kind: str) -> Response:
    """Read the 登记表 as docx, pdf or xlsx."""
    filing = commands.access(conn, viewer, permissions.READ_FILINGS, filing_id, change=False)
    return files.sent(*form.written(view.whole(conn, filing, door.vault()), kind))


@blueprint.route("/summary.xlsx", methods=["GET"])
@door.read(permissions.SUMMARIZE_FILINGS)
@blueprint.arguments(schemas.QuarterAsked, location="query")
@blueprint.response(200, files.FILE, content_type=files.TYPES["xlsx"], description="备案汇总")
def read_summary(conn: Connection, viewer: Viewer, asked: dict[str, Any]) -> Response:
    """Read all filings of a quarter as xlsx."""
    return files.sent(*form.summary(conn, viewer, asked["period"]))
