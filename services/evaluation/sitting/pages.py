"""The pages of meeting mode: attendance, presentation, comment, discussion, each a big list with the next person."""

from typing import Any
from uuid import UUID

import flask
from flask import Blueprint, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirect

from services.evaluation import permissions
from services.evaluation.meeting import proceedings, store
from services.evaluation.meeting.domain import (
    CAPACITY_NAMES,
    COMMENT_NAMES,
    MANNER_NAMES,
    Capacity,
    Presence,
)
from services.evaluation.meeting.proceedings import Proceedings, Row
from services.evaluation.register import commands as register
from services.evaluation.register.domain import DeedState
from services.evaluation.sitting import commands, exchange, schemas
from services.evaluation.sitting.commands import Mark
from shared.auth import Viewer
from shared.db import Connection
from shared.errors import Invalid
from shared.web import door, forms

blueprint = Blueprint("sitting_pages", __name__, url_prefix="/evaluation/meetings")
CHANNELS = ["视频", "电话", "书面", "电子邮件"]


@blueprint.post("/<uuid:meeting_id>/leave")
@door.write(permissions.ASK_LEAVE)
def ask_leave(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Ask for leave."""
    commands.ask_leave(conn, viewer, door.vault(), meeting_id, forms.load(schemas.LeaveAsked())["reason"])
    flask.flash("请假已提交，由支部批复。")
    return _to(meeting_id)


@blueprint.post("/<uuid:meeting_id>/leave/<uuid:person_id>")
@door.write(permissions.RUN_MEETING)
def decide_leave(conn: Connection, viewer: Viewer, meeting_id: UUID, person_id: UUID) -> Redirect:
    """Decide a request for leave."""
    data = forms.load(schemas.LeaveDecided())
    commands.decide_leave(conn, viewer, meeting_id, person_id, granted=data["granted"], note=data["note"])
    flask.flash("已批复。")
    return _to(meeting_id)


@blueprint.get("/<uuid:meeting_id>/attendance")
@door.read(permissions.READ_MEETING)
def show_attendance(conn: Connection, viewer: Viewer, meeting_id: UUID) -> str:
    """Show the roll."""
    capacities = [(str(one), CAPACITY_NAMES[one]) for one in Capacity if one is not Capacity.MEMBER]
    return _page(conn, viewer, meeting_id, "attendance", channels=CHANNELS, capacities=capacities)


@blueprint.post("/<uuid:meeting_id>/attendance")
@door.write(permissions.RUN_MEETING)
def mark(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Keep the roll as the form shows it."""
    found = proceedings.load(conn, viewer, meeting_id, vault=door.vault())
    marks = [one for row in found.rows if (one := _mark(row))]
    if not marks:
        raise Invalid("请至少登记一人的出席情况。")
    reason = forms.load(schemas.ChangeExplained())["change_reason"]
    commands.mark(conn, viewer, door.vault(), meeting_id, marks, reason)
    flask.flash("出席情况已登记。" + _unsaid(found, marks))
    return _to(meeting_id, "/attendance")


@blueprint.post("/<uuid:meeting_id>/guests")
@door.write(permissions.RUN_MEETING)
def add_guest(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Enter somebody invited."""
    attendee = commands.add_guest(conn, viewer, meeting_id, **forms.load(schemas.GuestInvited()))
    flask.flash(f"{attendee.name}已列入，不计入应到，不参加投票。")
    return _to(meeting_id, "/attendance")


@blueprint.get("/<uuid:meeting_id>/presentations")
@door.read(permissions.READ_MEETING)
def show_presentations(conn: Connection, viewer: Viewer, meeting_id: UUID) -> str:
    """Show who presents now and who has presented."""
    return _page(conn, viewer, meeting_id, "presentations", manners=list(MANNER_NAMES.items()))


@blueprint.post("/<uuid:meeting_id>/presentations")
@door.write(permissions.RUN_MEETING)
def present(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Record how a member presented, and go on to the next."""
    commands.present(conn, viewer, meeting_id, **forms.load(schemas.Presented()))
    return _to(meeting_id, "/presentations")


@blueprint.get("/<uuid:meeting_id>/comments")
@door.read(permissions.READ_MEETING)
def show_comments(conn: Connection, viewer: Viewer, meeting_id: UUID) -> str:
    """Show whose comment is next and what was said."""
    phrases = [(str(kind), text) for kind, texts in exchange.PHRASES.items() for text in texts]
    recent = [text for _, text in store.list_phrases(conn, viewer.tenant_id, viewer.id)]
    return _page(
        conn, viewer, meeting_id, "comments", kinds=list(COMMENT_NAMES.items()), kind_names_of=COMMENT_NAMES,
        phrases=list(dict.fromkeys([*recent, *(text for _, text in phrases)])),
    )  # fmt: skip


@blueprint.post("/<uuid:meeting_id>/comments")
@door.write(permissions.RUN_MEETING)
def comment(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Keep a comment, confirm the member's deeds where that was ticked, and go on to the next."""
    data = forms.load(schemas.CommentedOnPage())
    text = data["text"] or data["phrase"]
    made = commands.comment(conn, viewer, meeting_id, data["person_id"], text, data["kind"])
    if data["confirm"]:
        found = proceedings.load(conn, viewer, meeting_id)
        for deed in _row(found, made.person_id).deeds:
            if deed.state is DeedState.PRESENTED:
                register.confirm(conn, viewer, deed.id)
    return _to(meeting_id, "/comments")


@blueprint.get("/<uuid:meeting_id>/discussion")
@door.read(permissions.READ_MEETING)
def show_discussion(conn: Connection, viewer: Viewer, meeting_id: UUID) -> str:
    """Show the notes of the discussion."""
    return _page(conn, viewer, meeting_id, "discussion")


@blueprint.post("/<uuid:meeting_id>/discussion")
@door.write(permissions.RUN_MEETING)
def discuss(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Add a paragraph to the notes."""
    commands.discuss(conn, viewer, meeting_id, forms.load(schemas.Text())["text"])
    flask.flash("已记入。")
    return _to(meeting_id, "/discussion")


def _page(conn: Connection, viewer: Viewer, meeting_id: UUID, step: str, **more: Any) -> str:
    found = proceedings.load(conn, viewer, meeting_id, vault=door.vault() if step == "attendance" else None)
    waiting = found.waiting_to_present if step == "presentations" else found.waiting_for_comment
    chosen = request.args.get("person", "")
    current = next((row for row in found.members if str(row.attendee.person_id) == chosen), None)
    return flask.render_template(
        f"evaluation/sitting/{step}.html", found=found, current=current or (waiting[0] if waiting else None),
        waiting=len(waiting), running=found.runs and found.meeting.state == "open", manner_names=MANNER_NAMES, **more,
    )  # fmt: skip


def _unsaid(found: Proceedings, marks: list[Mark]) -> str:
    """Tell what follows for who is away without a word on 正当理由."""
    waiting = [found.names[one.person_id] for one in marks if one.excused is None]
    absent = [found.names[one.person_id] for one in marks if one.presence is Presence.ABSENT and not one.excused]
    said = f"{'、'.join(waiting)}请假，正当理由待定，须在发起投票以前认定。" if waiting else ""
    return said + (f"{'、'.join(absent)}缺席，按无正当理由登记。" if absent else "")


def _mark(row: Row) -> Mark | None:
    """Read a person's line of the form; nothing when it is left as it was. `rest` fills what is not marked."""
    person_id = row.attendee.person_id
    given = request.form.get(f"presence-{person_id}", "")
    if not given and row.attendee.presence is Presence.NOT_MARKED and not row.attendee.exempt:
        given = request.form.get("rest", "")
    if not given:
        return None
    data = forms.load_from(
        schemas.MarkMade(),
        MultiDict(
            {
                "person_id": str(person_id),
                "presence": given,
                "excused": request.form.get(f"excused-{person_id}", ""),
                "reason": request.form.get(f"reason-{person_id}", ""),
                "channel": request.form.get(f"channel-{person_id}", ""),
            }
        ),
    )
    if data["presence"] is Presence.EXCUSED_ABSENT and not request.form.get(f"excused-{person_id}"):
        data["excused"] = None
    made, old = Mark(**data), row.attendee
    excused = None if old.waits else old.excused
    same = (made.presence, made.excused, made.channel) == (old.presence, excused, old.channel)
    return None if same and made.reason in {"", row.reason} else made


def _row(found: Proceedings, person_id: UUID) -> Row:
    return next(row for row in found.rows if row.attendee.person_id == person_id)


def _to(meeting_id: UUID, step: str = "") -> Redirect:
    return flask.redirect(f"/evaluation/meetings/{meeting_id}{step}", 303)
