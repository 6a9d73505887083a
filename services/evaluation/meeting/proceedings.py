"""Everything about one meeting put together for whoever reads it: API, pages and minutes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.election import store as elections
from services.evaluation.election.domain import Election
from services.evaluation.meeting import rules, store
from services.evaluation.meeting.commands import access
from services.evaluation.meeting.domain import (
    Attendee,
    Capacity,
    Comment,
    Leave,
    Meeting,
    Note,
    NoteKind,
    Presentation,
)
from services.evaluation.register import citing
from services.evaluation.register import rules as register_rules
from services.evaluation.register import store as register
from services.evaluation.register.citing import Citation
from services.evaluation.register.domain import Deed
from services.evaluation.sitting import exchange, roll
from shared import audit, scheme
from shared.auth import Viewer
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization, Person
from shared.scheme import Scheme


@dataclass(frozen=True)
class Row:
    """One attendee with what was presented and said."""

    attendee: Attendee
    entitled: bool
    reason: str
    """why away; only for those who run the meeting, where it was asked for"""
    presentation: Presentation | None
    comment: Comment | None
    deeds: list[Deed]

    @property
    def attendance(self) -> str:
        """Say how the person attended."""
        return roll.words(self.attendee)


@dataclass(frozen=True)
class Request:
    """A request for leave with its opened reason."""

    leave: Leave
    name: str
    reason: str


@dataclass(frozen=True)
class Proceedings:
    """A meeting as a reader sees it."""

    meeting: Meeting
    organization: Organization
    scheme: Scheme
    rows: list[Row]
    count: rules.Count
    requests: list[Request]
    notes: list[Note]
    ballot: str | None
    gaps: list[str]
    uncommented: list[str]
    """names of every member without a comment, the absent included"""
    people: dict[UUID, Person]
    """who is named by id: observer, announcer, …"""
    runs: bool
    """whether the reader runs the meeting"""
    cited: dict[UUID, Citation]
    """to what deeds refer, by deed"""
    elections: list[Election]
    resolved: tuple[str, datetime] | None
    """why nobody was to be elected, and when that was resolved"""

    @property
    def members(self) -> list[Row]:
        """Give the members' rows."""
        return [row for row in self.rows if row.attendee.capacity is Capacity.MEMBER]

    @property
    def others(self) -> list[Row]:
        """Give the rows of activists, guests and observers."""
        return [row for row in self.rows if row.attendee.capacity is not Capacity.MEMBER]

    @property
    def waiting_for_mark(self) -> list[Row]:
        """Give the members whose attendance is not marked."""
        return self._of(roll.unmarked([row.attendee for row in self.rows]))

    @property
    def waiting_to_present(self) -> list[Row]:
        """Give the members present of whom it is not recorded how they presented."""
        return [row for row in self._of(exchange.here([row.attendee for row in self.rows])) if row.presentation is None]

    @property
    def waiting_for_comment(self) -> list[Row]:
        """Give the members who presented or came and have no comment."""
        presentations = [row.presentation for row in self.rows if row.presentation]
        comments = [row.comment for row in self.rows if row.comment]
        return self._of(exchange.awaiting_comment([row.attendee for row in self.rows], presentations, comments))

    def _of(self, attendees: list[Attendee]) -> list[Row]:
        ids = {attendee.person_id for attendee in attendees}
        return [row for row in self.rows if row.attendee.person_id in ids]

    @property
    def discussion(self) -> list[Note]:
        """Give the notes of the discussion."""
        return [note for note in self.notes if note.kind is NoteKind.DISCUSSION]

    @property
    def corrections(self) -> list[Note]:
        """Give the corrections to the minutes."""
        return [note for note in self.notes if note.kind is NoteKind.CORRECTION]

    @property
    def fixed(self) -> bool:
        """Say whether a ballot stands on the roll, so that changes need a reason."""
        return roll.fixed(self.ballot)

    @property
    def names(self) -> dict[UUID, str]:
        """Give the names of all who belong to the meeting."""
        return {row.attendee.person_id: row.attendee.name for row in self.rows}

    def pledge_of(self, deed: Deed) -> str:
        """Give the words of the pledge, and of the item, to which a deed refers, or nothing."""
        return self.cited[deed.id].label if deed.id in self.cited else ""

    def name(self, person_id: UUID | None) -> str:
        """Give somebody's name, or nothing."""
        return self.people[person_id].name if person_id in self.people else ""


def load(conn: Connection, viewer: Viewer, meeting_id: UUID, *, vault: Vault | None = None) -> Proceedings:
    """Read a meeting for who may; with a vault also reasons for absence, as far as the reader may know them.

    Reading somebody else's reason leaves a line in the audit (requirements 2.10). Raises `MeetingNotFound`,
    `NotAllowed`.
    """
    meeting = access(conn, viewer, permissions.READ_MEETING, meeting_id)
    organization = directory.get_organization(conn, meeting.tenant_id, meeting.organization_id)
    followed = scheme.version(conn, meeting.tenant_id, meeting.scheme_id, meeting.scheme_version)
    runs = viewer.may(permissions.RUN_MEETING, organization.path)
    attendees = store.list_attendees(conn, meeting.tenant_id, meeting.id)
    presentations = store.list_presentations(conn, meeting.tenant_id, meeting.id)
    comments = store.list_comments(conn, meeting.tenant_id, meeting.id)
    notes = store.list_notes(conn, meeting.tenant_id, meeting.id)
    deeds = _deeds(conn, viewer, meeting, organization, attendees, runs=runs)
    requests = _requests(conn, viewer, vault, meeting, runs=runs)
    if vault and runs and (any(one.reason for one in attendees) or requests):
        _note_reading(conn, viewer, meeting)
    return Proceedings(
        meeting, organization, followed,
        _rows(attendees, presentations, comments, deeds, followed, vault if runs else None),
        rules.count(attendees, followed), requests, notes,
        elections.state_of(conn, meeting.tenant_id, meeting.id),
        [*roll.gaps(attendees), *exchange.gaps(attendees, presentations, comments, followed)],
        [one.name for one in exchange.without_comment(attendees, comments)],
        directory.list_named(conn, meeting.tenant_id, _named(meeting, notes)), runs,
        citing.of(conn, meeting.tenant_id, deeds),
        elections.list_of_meeting(conn, meeting.tenant_id, meeting.id),
        elections.find_no_election(conn, meeting.tenant_id, meeting.id),
    )  # fmt: skip


def _note_reading(conn: Connection, viewer: Viewer, meeting: Meeting) -> None:
    organization_id = meeting.organization_id
    audit.note(
        conn, viewer.tenant_id, viewer.id, "meeting.reasons", subject=str(meeting.id), organization_id=organization_id
    )


def _rows(
    attendees: list[Attendee],
    presentations: list[Presentation],
    comments: list[Comment],
    deeds: list[Deed],
    followed: Scheme,
    vault: Vault | None,
) -> list[Row]:
    presented = {one.person_id: one for one in presentations}
    commented = {one.person_id: one for one in comments}
    return [
        Row(
            attendee,
            rules.is_entitled(attendee, followed),
            vault.open(attendee.reason) if vault and attendee.reason else "",
            presented.get(attendee.person_id),
            commented.get(attendee.person_id),
            [deed for deed in deeds if deed.person_id == attendee.person_id],
        )
        for attendee in attendees
    ]


def _deeds(
    conn: Connection,
    viewer: Viewer,
    meeting: Meeting,
    organization: Organization,
    attendees: list[Attendee],
    *,
    runs: bool,
) -> list[Deed]:
    deeds = register.list_deeds(conn, meeting.tenant_id, [one.person_id for one in attendees], meeting.period)
    in_branch = viewer.organization.path.startswith(organization.path)
    return register_rules.visible(deeds, viewer.id, runs_branch=runs, in_branch=in_branch)


def _requests(conn: Connection, viewer: Viewer, vault: Vault | None, meeting: Meeting, *, runs: bool) -> list[Request]:
    if vault is None:
        return []
    leaves = [
        one for one in store.list_leaves(conn, meeting.tenant_id, meeting.id) if runs or one.person_id == viewer.id
    ]
    names = directory.list_named(conn, meeting.tenant_id, [one.person_id for one in leaves])
    return [Request(one, names[one.person_id].name, vault.open(one.reason)) for one in leaves]


def _named(meeting: Meeting, notes: list[Note]) -> list[UUID]:
    ids = [
        meeting.announced_by, meeting.observer_id, meeting.observer_by, meeting.opened_by, meeting.closed_by,
        *(note.by for note in notes),
    ]  # fmt: skip
    return [one for one in ids if one is not None]
