"""The pages of a meeting: the quarter's list, the report, the meeting with its steps, observer, opening, minutes."""

import io
from uuid import UUID

import flask
from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Redirect

from services.evaluation import permissions
from services.evaluation.meeting import commands, documents, minutes, overview, proceedings, rules, schemas
from services.evaluation.meeting.commands import AGENDA, Announcement
from services.evaluation.meeting.domain import STATE_NAMES, Meeting, MeetingState
from services.evaluation.meeting.proceedings import Proceedings
from services.evaluation.register import store as register
from shared import clock, period, scheme
from shared.auth import Viewer, require
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.directory.domain import HELD
from shared.web import door, forms
from shared.web.words import day

blueprint = Blueprint("meeting_pages", __name__, url_prefix="/evaluation/meetings")


@blueprint.get("/")
@door.read(permissions.READ_MEETING)
def list_meetings(conn: Connection, viewer: Viewer) -> str:
    """Show how the meetings of a quarter stand in every branch that the viewer may read."""
    quarter = request.args.get("period", "")
    if not period.PATTERN.match(quarter):
        quarter = period.of(clock.today())
    lines = overview.lines(conn, viewer, quarter)
    return flask.render_template(
        "evaluation/meeting/list.html", lines=lines, tally=overview.tally(lines), quarter=quarter,
        before=period.previous(quarter), after=period.following(quarter),
        may_import=viewer.holds(permissions.IMPORT_ATTENDANCE),
    )  # fmt: skip


@blueprint.get("/announce")
@door.read(permissions.RUN_MEETING)
def show_announce(conn: Connection, viewer: Viewer) -> str:
    """Show the form of the report to the superior."""
    data = forms.load_from(schemas.Planned(), request.args)
    organization = require(conn, viewer, permissions.RUN_MEETING, data["organization_id"])
    return flask.render_template(
        "evaluation/meeting/announce.html", organization=organization, quarter=data["period"], agenda=AGENDA,
        scheme=scheme.current(conn, organization), superior=branch.superior_of(conn, organization),
    )  # fmt: skip


@blueprint.post("/")
@door.write(permissions.RUN_MEETING)
def announce(conn: Connection, viewer: Viewer) -> Redirect:
    """Report a meeting."""
    meeting = commands.announce(conn, viewer, Announcement(**forms.load(schemas.AnnouncedOnPage())))
    flask.flash("已报告上级党组织。")
    return _to(meeting)


@blueprint.get("/<uuid:meeting_id>")
@door.read(permissions.READ_MEETING)
def show(conn: Connection, viewer: Viewer, meeting_id: UUID) -> str:
    """Show a meeting: its report, leave, observer, opening; while it is held, what is to be done next."""
    found = proceedings.load(conn, viewer, meeting_id, vault=door.vault())
    may_appoint = viewer.may(permissions.APPOINT_OBSERVER, found.organization.path)
    key, label = _next(found)
    home = branch.of(conn, viewer.tenant_id, viewer.organization.id)
    return flask.render_template(
        "evaluation/meeting/show.html", found=found, state_names=STATE_NAMES, tones=overview.TONES,
        may_appoint=may_appoint, candidates=_observers(conn, found) if may_appoint else [],
        next_step=key, next_label=label, before_opening=_before_opening(conn, found),
        in_branch=viewer.person.is_member and home.id == found.organization.id,
    )  # fmt: skip


@blueprint.post("/<uuid:meeting_id>/observer")
@door.write(permissions.APPOINT_OBSERVER)
def appoint(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Appoint an observer, or say why none comes."""
    data = forms.load(schemas.ObserverChosen())
    meeting = commands.appoint(conn, viewer, meeting_id, data["person_id"], data["reason"], data["number"])
    flask.flash("已答复。")
    return _to(meeting)


@blueprint.post("/<uuid:meeting_id>/open")
@door.write(permissions.RUN_MEETING)
def open_meeting(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Open the meeting."""
    data = forms.load(schemas.Opened())
    meeting = commands.open_(conn, viewer, meeting_id, chair=data["chair"], recorder=data["recorder"])
    flask.flash("会议已经召开，请签到。")
    return _to(meeting, "/attendance")


@blueprint.post("/<uuid:meeting_id>/cancel")
@door.write(permissions.RUN_MEETING)
def cancel(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Call the meeting off."""
    meeting = commands.cancel(conn, viewer, meeting_id, forms.load(schemas.Cancelled())["reason"])
    flask.flash("会议已取消。")
    return _to(meeting)


@blueprint.get("/<uuid:meeting_id>/minutes")
@door.read(permissions.READ_MEETING)
def show_minutes(conn: Connection, viewer: Viewer, meeting_id: UUID) -> str:
    """Show the minutes, and the form to end the meeting or to correct what is locked."""
    found = proceedings.load(conn, viewer, meeting_id)
    return flask.render_template(
        "evaluation/meeting/minutes.html", found=found, minutes=minutes.of(found),
        obstacles=[*found.gaps, *rules.ballot_gap(found.ballot)],
    )  # fmt: skip


@blueprint.post("/<uuid:meeting_id>/close")
@door.write(permissions.RUN_MEETING)
def close(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """End the meeting and lock the minutes."""
    meeting = commands.close(conn, viewer, meeting_id, forms.load(schemas.Closed())["summary"])
    flask.flash("会议已经结束，记录已锁定。")
    return _to(meeting, "/minutes")


@blueprint.post("/<uuid:meeting_id>/corrections")
@door.write(permissions.RUN_MEETING)
def correct(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Add a correction to locked minutes."""
    commands.correct(conn, viewer, meeting_id, forms.load(schemas.Text())["text"])
    flask.flash("更正已附在会议记录后面。")
    return flask.redirect(f"/evaluation/meetings/{meeting_id}/minutes", 303)


@blueprint.get("/<uuid:meeting_id>/minutes.pdf")
@door.read(permissions.READ_MEETING)
def minutes_pdf(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Response:
    """Print the minutes."""
    written = minutes.of(proceedings.load(conn, viewer, meeting_id))
    return _file(documents.pdf(written), f"{written.title}.pdf", "application/pdf")


@blueprint.get("/<uuid:meeting_id>/minutes.docx")
@door.read(permissions.READ_MEETING)
def minutes_docx(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Response:
    """Give the minutes as a Word document."""
    written = minutes.of(proceedings.load(conn, viewer, meeting_id))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _file(documents.word(written), f"{written.title}.docx", kind)


def _file(content: bytes, name: str, kind: str) -> Response:
    return flask.send_file(
        io.BytesIO(content), mimetype=kind, as_attachment=kind != "application/pdf", download_name=name
    )


def _to(meeting: Meeting, step: str = "") -> Redirect:
    return flask.redirect(f"/evaluation/meetings/{meeting.id}{step}", 303)


def _before_opening(conn: Connection, found: Proceedings) -> str:
    """Say what opening the meeting now settles: for whom the entries end, and the day; nothing once it is open."""
    meeting, said = found.meeting, ""
    if not found.runs or meeting.state is not MeetingState.ANNOUNCED:
        return said
    members = branch.list_members(conn, meeting.tenant_id, meeting.organization_id)
    ids = [one.id for one in members if not one.exempt]
    entered = {one.person_id for one in register.list_deeds(conn, meeting.tenant_id, ids, meeting.period)}
    reasoned = {one.person_id for one in register.list_no_entry_reasons(conn, meeting.tenant_id, ids, meeting.period)}
    if missing := len(set(ids) - entered - reasoned):
        book = found.scheme.labels.register
        said += f"{len(ids)}名党员中还有{missing}人没有登记{book}，开会后不能再登记，资格审查时将提示不作候选人。"
    if clock.today() < clock.day_of(meeting.starts_at):
        said += f"报告的会议时间是{day(meeting.starts_at)}，现在提前召开，会议日期以今天为准。"
    return said


def _next(found: Proceedings) -> tuple[str, str]:
    if found.waiting_for_mark:
        return "attendance", "签到"
    if found.waiting_to_present:
        return "presentations", "介绍"
    if found.waiting_for_comment:
        return "comments", "点评"
    if found.ballot in {None, "annulled"}:
        return "ballot", "投票"
    return "minutes", "会议记录"


def _observers(conn: Connection, found: Proceedings) -> list[tuple[str, str]]:
    """Give who is mostly sent: those who hold a position above; anybody else fit is named by 学工号."""
    superior_id = found.meeting.superior_id
    if superior_id is None:
        return []
    holders = directory.list_holders(conn, found.meeting.tenant_id, superior_id, list(HELD), clock.today())
    homes = {one.id: directory.get_organization(conn, one.tenant_id, one.organization_id) for one in holders}
    people = [one for one in holders if not found.organization.contains(homes[one.id].path)]
    chosen = found.people.get(found.meeting.observer_id) if found.meeting.observer_id else None
    named = {person.id: person for person in [*people, *([chosen] if chosen else [])]}
    return [(str(person.id), person.name) for person in named.values()]
