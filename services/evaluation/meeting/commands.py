"""Announcing a meeting, answering the announcement, opening, closing, cancelling, correcting the minutes."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from services.evaluation import permissions
from services.evaluation.attendance import commands as attendance
from services.evaluation.attendance import store as attendances
from services.evaluation.election import store as elections
from services.evaluation.meeting import rules, store
from services.evaluation.meeting.domain import Attendee, Capacity, Meeting, MeetingState, Note, NoteKind, Presence
from services.evaluation.sitting import exchange, roll
from shared import clock, scheme
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.directory.domain import HELD, Person
from shared.events.evaluation import MeetingAnnounced, MeetingCancelled, MeetingClosed, ObserverAppointed
from shared.messaging import tell
from shared.scheme import Scheme

AGENDA = "一、介绍交流；二、点评；三、讨论；四、民主推荐（无记名投票）；五、会议总结"


@dataclass(frozen=True)
class Announcement:
    """What a branch reports to its superior."""

    organization_id: UUID
    period: str
    starts_at: datetime
    place: str
    agenda: str = ""
    late_reason: str = ""


def access(
    conn: Connection, viewer: Viewer, permission: Permission, meeting_id: UUID, *, change: bool = False
) -> Meeting:
    """Open a meeting for who may, locked when it is to be changed; its observer's own matter is to read it.

    Raises `MeetingNotFound`, `NotAllowed`.
    """
    give = store.get if change else store.read
    meeting = give(conn, viewer.tenant_id, meeting_id)
    require(conn, viewer, permission, meeting.organization_id, person_id=meeting.observer_id)
    return meeting


def announce(conn: Connection, viewer: Viewer, given: Announcement) -> Meeting:
    """Announce a meeting, which is the report to the superior (R-117). Raises what `rules.announce` raises."""
    organization = require(conn, viewer, permissions.RUN_MEETING, given.organization_id)
    now = clock.now()
    followed = scheme.current(conn, organization)
    superior = branch.superior_of(conn, organization)
    meeting = Meeting(
        viewer.tenant_id, uuid4(), organization.id, superior.id if superior else None, given.period,
        followed.labels.meeting, given.starts_at, given.place, given.agenda or AGENDA, MeetingState.ANNOUNCED,
        viewer.id, now, given.late_reason, followed.id, followed.version,
    )  # fmt: skip
    store.lock_branch(conn, organization.tenant_id, organization.id)
    existing = store.find_current(conn, viewer.tenant_id, organization.id, given.period)
    rules.announce(meeting, organization, existing=existing, scheme=followed, now=now)
    store.save(conn, meeting)
    tell(
        conn, MeetingAnnounced, tenant_id=meeting.tenant_id, subject=meeting.id, meeting_id=meeting.id,
        organization_id=organization.id, superior_id=meeting.superior_id, title=meeting.title, period=meeting.period,
        starts_at=meeting.starts_at, place=meeting.place, agenda=meeting.agenda,
    )  # fmt: skip
    return meeting


def appoint(
    conn: Connection, viewer: Viewer, meeting_id: UUID, person_id: UUID | None, reason: str, number: str = ""
) -> Meeting:
    """Appoint an observer, by id or 学工号, or say why none comes (R-019).

    Raises `NotAnnounced`, `ObserverUnclear`, `ObserverUnfit`, `PersonNotFound`.
    """
    meeting = access(conn, viewer, permissions.APPOINT_OBSERVER, meeting_id, change=True)
    if number and person_id is None:
        person_id = _numbered(conn, viewer.tenant_id, number)
    if person_id is not None:
        _check_observer(conn, meeting, directory.get_person(conn, viewer.tenant_id, person_id))
    meeting = rules.appoint(meeting, person_id, reason, by=viewer.id, now=clock.now())
    store.save(conn, meeting)
    tell(
        conn, ObserverAppointed, tenant_id=meeting.tenant_id, subject=meeting.id, meeting_id=meeting.id,
        organization_id=meeting.organization_id, observer_id=person_id,
    )  # fmt: skip
    return meeting


def _numbered(conn: Connection, tenant_id: UUID, number: str) -> UUID:
    found = attendances.list_numbered(conn, tenant_id, [number])
    if not found:
        raise directory.PersonNotFound
    return found[0][0]


def _check_observer(conn: Connection, meeting: Meeting, person: Person) -> None:
    organization = directory.get_organization(conn, meeting.tenant_id, meeting.organization_id)
    home = directory.get_organization(conn, meeting.tenant_id, person.organization_id)
    superior = branch.superior_of(conn, organization)
    holders = (
        directory.list_holders(conn, meeting.tenant_id, superior.id, list(HELD), clock.today()) if superior else []
    )
    serves = any(one.id == person.id for one in holders)
    rules.check_observer(person, home, branch=organization, superior=superior, serves=serves)


def open_(conn: Connection, viewer: Viewer, meeting_id: UUID, *, chair: str = "", recorder: str = "") -> Meeting:
    """Open a meeting: the roll is taken from the directory, entries of the quarter close. Raises `NotAnnounced`."""
    meeting = access(conn, viewer, permissions.RUN_MEETING, meeting_id, change=True)
    now = clock.now()
    meeting = rules.open_(meeting, chair=chair or viewer.person.name, recorder=recorder, by=viewer.id, now=now)
    store.save(conn, meeting)
    leaves = {leave.person_id: leave for leave in store.list_leaves(conn, meeting.tenant_id, meeting.id)}
    for person in branch.list_people(conn, meeting.tenant_id, meeting.organization_id):
        store.save_attendee(conn, roll.snapshot(meeting, person, leaves.get(person.id), now))
    if meeting.observer_id is not None:
        _list_observer(conn, meeting, meeting.observer_id, now)
    attendance.copy(conn, meeting, store.list_attendees(conn, meeting.tenant_id, meeting.id), by=viewer.id)
    return meeting


def _list_observer(conn: Connection, meeting: Meeting, observer_id: UUID, now: datetime) -> None:
    """Enter the observer, unless it is a member of the branch: who belongs to the roll keeps the place there."""
    listed = {one.person_id for one in store.list_attendees(conn, meeting.tenant_id, meeting.id)}
    if observer_id not in listed:
        observer = directory.get_person(conn, meeting.tenant_id, observer_id)
        by = meeting.observer_by or observer_id
        guest = roll.guest(meeting, observer.id, observer.name, Capacity.OBSERVER, by=by, now=now)
        store.save_attendee(conn, replace(guest, presence=Presence.NOT_MARKED))


def close(conn: Connection, viewer: Viewer, meeting_id: UUID, summary: str = "") -> Meeting:
    """End the meeting and lock its minutes. Raises `NotOpen`, `CannotClose` with everything that is missing."""
    meeting = access(conn, viewer, permissions.RUN_MEETING, meeting_id, change=True)
    followed = scheme.version(conn, meeting.tenant_id, meeting.scheme_id, meeting.scheme_version)
    attendees = store.list_attendees(conn, meeting.tenant_id, meeting.id)
    ballot = elections.state_of(conn, meeting.tenant_id, meeting.id)
    meeting = rules.close(
        meeting, gaps(conn, meeting, attendees, followed), ballot, summary, by=viewer.id, now=clock.now()
    )
    store.save(conn, meeting)
    count = rules.count(attendees, followed)
    tell(
        conn, MeetingClosed, tenant_id=meeting.tenant_id, subject=meeting.id, meeting_id=meeting.id,
        organization_id=meeting.organization_id, period=meeting.period, entitled=count.entitled, present=count.present,
    )  # fmt: skip
    attendance.tell_attended(conn, meeting, attendees)
    return meeting


def gaps(conn: Connection, meeting: Meeting, attendees: list[Attendee], followed: Scheme) -> list[str]:
    """List what attendance and exchange still lack."""
    presentations = store.list_presentations(conn, meeting.tenant_id, meeting.id)
    comments = store.list_comments(conn, meeting.tenant_id, meeting.id)
    return [*roll.gaps(attendees), *exchange.gaps(attendees, presentations, comments, followed)]


def cancel(conn: Connection, viewer: Viewer, meeting_id: UUID, reason: str) -> Meeting:
    """Call a meeting off. Raises `CannotCancel`, `NoReason`."""
    meeting = access(conn, viewer, permissions.RUN_MEETING, meeting_id, change=True)
    ballot = elections.state_of(conn, meeting.tenant_id, meeting.id)
    meeting = rules.cancel(meeting, ballot, reason, now=clock.now())
    store.save(conn, meeting)
    attendance.forget(conn, meeting)
    tell(
        conn, MeetingCancelled, tenant_id=meeting.tenant_id, subject=meeting.id, meeting_id=meeting.id,
        organization_id=meeting.organization_id, superior_id=meeting.superior_id, observer_id=meeting.observer_id,
        period=meeting.period,
    )  # fmt: skip
    return meeting


def correct(conn: Connection, viewer: Viewer, meeting_id: UUID, text: str) -> Note:
    """Add a correction to locked minutes; what they say is never changed (R-122). Raises `NotClosed`."""
    meeting = rules.correct(access(conn, viewer, permissions.RUN_MEETING, meeting_id, change=True))
    note = Note(meeting.tenant_id, meeting.id, uuid4(), NoteKind.CORRECTION, text, viewer.id, clock.now())
    store.add_note(conn, note)
    return note
