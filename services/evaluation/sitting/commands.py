"""Recording leave, attendance, guests, presentations, comments and the discussion."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from services.evaluation import permissions
from services.evaluation.attendance import commands as attendance
from services.evaluation.election import store as elections
from services.evaluation.meeting import rules, store
from services.evaluation.meeting.commands import access
from services.evaluation.meeting.domain import (
    CAPACITY_NAMES,
    MANNER_NAMES,
    Attendee,
    Capacity,
    Comment,
    CommentKind,
    Leave,
    Manner,
    Meeting,
    MeetingState,
    Note,
    NoteKind,
    Presence,
    Presentation,
)
from services.evaluation.register import store as register
from services.evaluation.sitting import exchange, roll
from shared import audit, clock
from shared.auth import Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory


@dataclass(frozen=True)
class Mark:
    """What the roll shall say of one person."""

    person_id: UUID
    presence: Presence
    excused: bool | None = False
    """正当理由 found or not; none of who is on leave while nobody has decided"""
    reason: str = ""
    channel: str = ""


def ask_leave(conn: Connection, viewer: Viewer, vault: Vault, meeting_id: UUID, reason: str) -> Leave:
    """Ask for leave from a meeting of one's own branch. Raises `NotOfThisBranch`, `NotAnnounced`, `LeaveDecided`."""
    meeting = store.get(conn, viewer.tenant_id, meeting_id)
    require(conn, viewer, permissions.ASK_LEAVE, meeting.organization_id, person_id=viewer.id)
    if branch.of(conn, viewer.tenant_id, viewer.organization.id).id != meeting.organization_id:
        raise roll.NotOfThisBranch
    leave = roll.ask_leave(
        meeting, find_leave(conn, meeting, viewer.id), viewer.person, vault.seal(reason), clock.now()
    )
    store.save_leave(conn, leave)
    return leave


def decide_leave(
    conn: Connection, viewer: Viewer, meeting_id: UUID, person_id: UUID, *, granted: bool, note: str = ""
) -> Leave:
    """Decide a request for leave. Raises `LeaveNotAsked`, `NotAnnounced`."""
    meeting = access(conn, viewer, permissions.RUN_MEETING, meeting_id, change=True)
    if meeting.state is not MeetingState.ANNOUNCED:
        raise rules.NotAnnounced("会议已经召开，请在签到中登记请假和正当理由。")
    leave = roll.decide_leave(
        find_leave(conn, meeting, person_id), granted=granted, note=note, by=viewer.id, now=clock.now()
    )
    store.save_leave(conn, leave)
    return leave


def find_leave(conn: Connection, meeting: Meeting, person_id: UUID) -> Leave | None:
    """Give somebody's request for leave, if there is one."""
    leaves = store.list_leaves(conn, meeting.tenant_id, meeting.id)
    return next((leave for leave in leaves if leave.person_id == person_id), None)


def mark(
    conn: Connection, viewer: Viewer, vault: Vault, meeting_id: UUID, marks: list[Mark], change_reason: str = ""
) -> Meeting:
    """Mark the attendance of several at once; after the vote was called with a reason, and noted in the minutes.

    Raises `NotOpen`, `AttendeeNotFound`, `ChangeNeedsReason`, what `roll.mark` raises.
    """
    meeting = rules.running(access(conn, viewer, permissions.RUN_MEETING, meeting_id, change=True))
    now = clock.now()
    changes = []
    for one in marks:
        attendee = store.get_attendee(conn, meeting.tenant_id, meeting.id, one.person_id)
        sealed = vault.seal(one.reason) if one.reason else None
        marked = roll.mark(
            attendee, one.presence, excused=one.excused, reason=sealed, channel=one.channel, by=viewer.id, now=now
        )
        store.save_attendee(conn, marked)
        if (before := roll.words(attendee)) != (after := roll.words(marked)):
            changes.append(f"{attendee.name}由“{before}”改为“{after}”")
    _note_change(conn, viewer, meeting, changes, change_reason)
    attendance.copy(conn, meeting, store.list_attendees(conn, meeting.tenant_id, meeting.id), by=viewer.id)
    return meeting


def add_guest(
    conn: Connection,
    viewer: Viewer,
    meeting_id: UUID,
    *,
    person_id: UUID | None,
    name: str,
    capacity: Capacity,
    change_reason: str = "",
) -> Attendee:
    """Enter somebody invited, from the directory or by name.

    Raises `NotOpen`, `WrongCapacity`, `AlreadyListed`, `ChangeNeedsReason`.
    """
    meeting = access(conn, viewer, permissions.RUN_MEETING, meeting_id, change=True)
    if person_id is not None:
        name = directory.get_person(conn, viewer.tenant_id, person_id).name
    attendee = roll.guest(meeting, person_id or uuid4(), name, capacity, by=viewer.id, now=clock.now())
    listed = store.list_attendees(conn, meeting.tenant_id, meeting.id)
    if any(one.person_id == attendee.person_id for one in listed):
        raise roll.AlreadyListed
    store.save_attendee(conn, attendee)
    _note_change(conn, viewer, meeting, [f"{CAPACITY_NAMES[capacity]}{name}列入名单"], change_reason)
    return attendee


def present(
    conn: Connection,
    viewer: Viewer,
    meeting_id: UUID,
    person_id: UUID,
    manner: Manner,
    *,
    reason: str,
    text: str,
    change_reason: str = "",
) -> Presentation:
    """Record how a member presented; what was presented is locked (R-113).

    What was recorded before the vote was called is changed with a reason; what was missing then is only entered.
    Raises `ChangeNeedsReason` and what `exchange.present` raises.
    """
    meeting = access(conn, viewer, permissions.RUN_MEETING, meeting_id, change=True)
    attendee = store.get_attendee(conn, meeting.tenant_id, meeting.id, person_id)
    presentation = exchange.present(meeting, attendee, manner, reason, text, by=viewer.id, now=clock.now())
    recorded = store.list_presentations(conn, meeting.tenant_id, meeting.id)
    before = next((one for one in recorded if one.person_id == person_id), None)
    store.save_presentation(conn, presentation)
    if before and before.manner is not manner:
        change = f"{attendee.name}的介绍由“{MANNER_NAMES[before.manner]}”改为“{MANNER_NAMES[manner]}”"
        _note_change(conn, viewer, meeting, [change], change_reason)
    if manner is not Manner.NONE:
        register.mark_presented(conn, meeting.tenant_id, person_id, meeting.period)
    return presentation


def _note_change(conn: Connection, viewer: Viewer, meeting: Meeting, changes: list[str], reason: str) -> None:
    """Keep in minutes and audit what was changed under a ballot that was called; the ballot itself stays."""
    if not roll.fixed(elections.state_of(conn, meeting.tenant_id, meeting.id)):
        return
    note = roll.changed(changes, reason, by=viewer.id, meeting=meeting, note_id=uuid4(), now=clock.now())
    if note is not None:
        store.add_note(conn, note)
        audit.note(
            conn, viewer.tenant_id, viewer.id, "meeting.changed", subject=str(meeting.id),
            organization_id=meeting.organization_id,
        )  # fmt: skip


def comment(
    conn: Connection, viewer: Viewer, meeting_id: UUID, person_id: UUID, text: str, kind: CommentKind
) -> Comment:
    """Record the comment of a member (R-119). Raises what `exchange.comment` raises."""
    meeting = access(conn, viewer, permissions.RUN_MEETING, meeting_id, change=True)
    attendee = store.get_attendee(conn, meeting.tenant_id, meeting.id, person_id)
    made = exchange.comment(meeting, attendee, text, kind, by=viewer.id, now=clock.now())
    store.save_comment(conn, made)
    return made


def discuss(conn: Connection, viewer: Viewer, meeting_id: UUID, text: str) -> Note:
    """Add a paragraph to the notes of the discussion (R-121). Raises `NotOpen`."""
    meeting = rules.running(access(conn, viewer, permissions.RUN_MEETING, meeting_id, change=True))
    note = Note(meeting.tenant_id, meeting.id, uuid4(), NoteKind.DISCUSSION, text, viewer.id, clock.now())
    store.add_note(conn, note)
    return note
