"""The pages of the filing desk: what lies where, the form, return, correction, acknowledgement."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, Response
from marshmallow import Schema
from werkzeug.wrappers import Response as Answer

from services.notify import permissions
from services.notify.document import files
from services.notify.filing import commands, form, schemas, view
from services.notify.filing.domain import IDENTITIES, STATE_NAMES, Correction, Filing, State, Withdrawal
from shared import clock
from shared import period as quarter
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door, forms

blueprint = Blueprint("filing_pages", __name__, url_prefix="/notify/filings")


@blueprint.get("/")
@door.read(permissions.READ_FILINGS)
def list_filings(conn: Connection, viewer: Viewer) -> str:
    """Show the filings that the viewer may read."""
    asked = _asked(schemas.FilingsAsked())
    found = view.list_visible(conn, viewer, permissions.READ_FILINGS, **asked)
    return flask.render_template(
        "notify/filing/list.html",
        filings=found,
        asked=asked,
        state_names=STATE_NAMES,
        summarizes=viewer.holds(permissions.SUMMARIZE_FILINGS),
        period=asked["period"] or (found[0][0].period if found else quarter.of(clock.today())),
        periods=_quarters(asked["period"], [filing.period for filing, _ in found]),
    )


@blueprint.get("/<uuid:filing_id>")
@door.read(permissions.READ_FILINGS)
def show_filing(conn: Connection, viewer: Viewer, filing_id: UUID) -> str:
    """Show a filing with what the viewer can do with it now."""
    filing = commands.access(conn, viewer, permissions.READ_FILINGS, filing_id, change=False)
    path = commands.path_of(conn, filing)
    return flask.render_template(
        "notify/filing/show.html",
        filing=view.whole(conn, filing, door.vault()),
        decides=filing.state is State.SUBMITTED and viewer.may(permissions.DECIDE_FILING, path),
        corrects=filing.state is State.RETURNED and viewer.may(permissions.CORRECT_FILING, path),
        identities=[(identity, identity) for identity in IDENTITIES],
        state_names=STATE_NAMES,
    )


@blueprint.post("/<uuid:filing_id>/return")
@door.write(permissions.DECIDE_FILING)
def return_filing(conn: Connection, viewer: Viewer, filing_id: UUID) -> Answer:
    """Return a filing."""
    data = forms.load(schemas.Return())
    filing = commands.access(conn, viewer, permissions.DECIDE_FILING, filing_id)
    commands.give_back(conn, viewer, filing, data["reasons"], data["revision"], door.vault())
    return _back(filing, "已退回，填报单位会看到退回原因。")


@blueprint.post("/<uuid:filing_id>/acknowledge")
@door.write(permissions.DECIDE_FILING)
def acknowledge_filing(conn: Connection, viewer: Viewer, filing_id: UUID) -> Answer:
    """Acknowledge a filing."""
    data = forms.load(schemas.Acknowledge())
    filing = commands.access(conn, viewer, permissions.DECIDE_FILING, filing_id)
    commands.acknowledge(conn, viewer, filing, **data)
    return _back(filing, f"已备案，备案号：{data['number']}。公示已自动发出。")


@blueprint.post("/<uuid:filing_id>/lines/<uuid:award_id>/correct")
@door.write(permissions.CORRECT_FILING)
def correct_line(conn: Connection, viewer: Viewer, filing_id: UUID, award_id: UUID) -> Answer:
    """Correct a line."""
    data = forms.load(schemas.LineCorrection(exclude=["award_id"]))
    filing = commands.access(conn, viewer, permissions.CORRECT_FILING, filing_id)
    commands.correct(conn, viewer, filing, [Correction(award_id, **data)], [], door.vault())
    return _back(filing, "已更正；全部核对后请重新报送。")


@blueprint.post("/<uuid:filing_id>/lines/<uuid:award_id>/withdraw")
@door.write(permissions.CORRECT_FILING)
def withdraw_line(conn: Connection, viewer: Viewer, filing_id: UUID, award_id: UUID) -> Answer:
    """Withdraw a line."""
    data = forms.load(schemas.LineWithdrawal(exclude=["award_id"]))
    filing = commands.access(conn, viewer, permissions.CORRECT_FILING, filing_id)
    commands.correct(conn, viewer, filing, [], [Withdrawal(award_id, **data)], door.vault())
    return _back(filing, "已撤回一名，不递补。")


@blueprint.post("/<uuid:filing_id>/submit")
@door.write(permissions.CORRECT_FILING)
def submit_filing(conn: Connection, viewer: Viewer, filing_id: UUID) -> Answer:
    """Submit again."""
    filing = commands.access(conn, viewer, permissions.CORRECT_FILING, filing_id)
    commands.submit(conn, viewer, filing)
    return _back(filing, "已重新报送党委组织部。")


@blueprint.get("/<uuid:filing_id>/form.<any(docx, pdf, xlsx):kind>")
@door.read(permissions.READ_FILINGS)
def read_form(conn: Connection, viewer: Viewer, filing_id: UUID, kind: str) -> Response:
    """Give the 登记表."""
    filing = commands.access(conn, viewer, permissions.READ_FILINGS, filing_id, change=False)
    return files.sent(*form.written(view.whole(conn, filing, door.vault()), kind))


@blueprint.get("/summary.xlsx")
@door.read(permissions.SUMMARIZE_FILINGS)
def read_summary(conn: Connection, viewer: Viewer) -> Response:
    """Give the summary of a quarter."""
    return files.sent(*form.summary(conn, viewer, _asked(schemas.QuarterAsked())["period"]))


def _quarters(asked: str | None, filed: list[str]) -> list[str]:
    """Give what can be chosen: this quarter, the year before it, and whatever was filed or asked for; latest first."""
    recent = [quarter.of(clock.today())]
    while len(recent) < 5:
        recent.append(quarter.previous(recent[-1]))
    return sorted({*recent, *filed, *([asked] if asked else [])}, reverse=True)


def _asked(schema: Schema) -> dict[str, Any]:
    return forms.load_from(schema, flask.request.args)


def _back(filing: Filing, sentence: str) -> Answer:
    flask.flash(sentence)
    return flask.redirect(flask.url_for("filing_pages.show_filing", filing_id=filing.id), 303)
