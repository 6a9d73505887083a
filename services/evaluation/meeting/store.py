"""Every SQL statement on meetings, attendees, leave, presentations, comments and notes."""

from dataclasses import asdict
from typing import Any, TypeVar
from uuid import UUID

from psycopg import sql

from services.evaluation.meeting.domain import Attendee, Comment, Leave, Meeting, Note, Presentation
from shared.db import Connection, record
from shared.errors import NotFound


class MeetingNotFound(NotFound):
    """没有这个会议。"""


class AttendeeNotFound(NotFound):
    """会议名单中没有这个人。"""


T = TypeVar("T")

MEETING = """
    SELECT tenant_id, id, organization_id, superior_id, period, title, starts_at, place, agenda, state, announced_by,
           announced_at, late_reason, scheme_id, scheme_version, observer_id, observer_reason, observer_by, observer_at,
           opened_by, opened_at, closed_by, closed_at, chair, recorder, summary, cancel_reason, cancelled_at
    FROM meeting
"""
ATTENDEE = """
    SELECT tenant_id, meeting_id, person_id, capacity, name, number, stroke_key, standing, identity, leader, exempt,
           counted, floating, presence, excused, reason, channel, marked_by, marked_at, undecided
    FROM attendee
"""
LEAVE = """
    SELECT tenant_id, meeting_id, person_id, reason, asked_at, granted, note, decided_by, decided_at FROM leave
"""
PRESENTATION = """
    SELECT tenant_id, meeting_id, person_id, manner, reason, text, entered_by, entered_at FROM presentation
"""
COMMENT = "SELECT tenant_id, meeting_id, person_id, text, kind, by, at FROM comment "
NOTE = "SELECT tenant_id, meeting_id, id, kind, text, by, at FROM note "


def get(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> Meeting:
    """Give a meeting and lock it for a change. Raises `MeetingNotFound`."""
    return _meeting(conn, tenant_id, meeting_id, "FOR UPDATE")


def read(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> Meeting:
    """Give a meeting to be shown. Raises `MeetingNotFound`."""
    return _meeting(conn, tenant_id, meeting_id, "")


def lock_branch(conn: Connection, tenant_id: UUID, organization_id: UUID) -> None:
    """Let those who announce for one branch act one after the other: there is no meeting yet to lock."""
    conn.execute("SELECT FROM organization WHERE tenant_id = %s AND id = %s FOR UPDATE", [tenant_id, organization_id])


def find_current(conn: Connection, tenant_id: UUID, organization_id: UUID, period: str) -> Meeting | None:
    """Give the meeting of a branch in a quarter that was not cancelled; against a concurrent change, locked shared."""
    condition = "WHERE tenant_id = %s AND organization_id = %s AND period = %s AND state <> 'cancelled' FOR SHARE"
    found = _list(conn, Meeting, MEETING + condition, [tenant_id, organization_id, period])
    return found[0] if found else None


def list_meetings(conn: Connection, tenant_id: UUID, organization_ids: list[UUID], period: str) -> list[Meeting]:
    """Give the meetings of several branches in a quarter, cancelled ones too, in the order of their announcement."""
    condition = "WHERE tenant_id = %s AND organization_id = ANY(%s) AND period = %s ORDER BY announced_at, id"
    return _list(conn, Meeting, MEETING + condition, [tenant_id, organization_ids, period])


def list_unobserved(conn: Connection, tenant_id: UUID, superior_ids: list[UUID]) -> list[Meeting]:
    """Give the announced meetings to which these superiors have not answered."""
    condition = (
        "WHERE tenant_id = %s AND superior_id = ANY(%s) AND state = 'announced' AND observer_at IS NULL"
        " ORDER BY starts_at, id"
    )
    return _list(conn, Meeting, MEETING + condition, [tenant_id, superior_ids])


def list_observed(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Meeting]:
    """Give the announced meetings to which somebody is sent as observer."""
    condition = "WHERE tenant_id = %s AND observer_id = %s AND state = 'announced' ORDER BY starts_at, id"
    return _list(conn, Meeting, MEETING + condition, [tenant_id, person_id])


def save(conn: Connection, meeting: Meeting) -> None:
    """Announce a meeting, or keep what became of it."""
    _upsert(conn, "meeting", asdict(meeting), ("tenant_id", "id"))


def get_attendee(conn: Connection, tenant_id: UUID, meeting_id: UUID, person_id: UUID) -> Attendee:
    """Give one attendee and lock the row for a change. Raises `AttendeeNotFound`."""
    condition = "WHERE tenant_id = %s AND meeting_id = %s AND person_id = %s FOR UPDATE"
    found = _list(conn, Attendee, ATTENDEE + condition, [tenant_id, meeting_id, person_id])
    if not found:
        raise AttendeeNotFound
    return found[0]


def list_attendees(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> list[Attendee]:
    """Give who belongs to a meeting: members first, then activists, guests and observers, each in 姓氏笔画 order."""
    condition = """
        WHERE tenant_id = %s AND meeting_id = %s
        ORDER BY array_position(ARRAY['member', 'activist', 'guest', 'observer'], capacity),
                 stroke_key, number, name, person_id
    """
    return _list(conn, Attendee, ATTENDEE + condition, [tenant_id, meeting_id])


def save_attendee(conn: Connection, attendee: Attendee) -> None:
    """Add an attendee, or keep the mark."""
    _upsert(conn, "attendee", asdict(attendee), ("tenant_id", "meeting_id", "person_id"))


def list_leaves(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> list[Leave]:
    """Give the requests for leave, in the order in which they came."""
    condition = "WHERE tenant_id = %s AND meeting_id = %s ORDER BY asked_at, person_id"
    return _list(conn, Leave, LEAVE + condition, [tenant_id, meeting_id])


def save_leave(conn: Connection, leave: Leave) -> None:
    """Keep a request or its decision."""
    _upsert(conn, "leave", asdict(leave), ("tenant_id", "meeting_id", "person_id"))


def list_presentations(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> list[Presentation]:
    """Give how each member presented, in the order of recording."""
    condition = "WHERE tenant_id = %s AND meeting_id = %s ORDER BY entered_at, person_id"
    return _list(conn, Presentation, PRESENTATION + condition, [tenant_id, meeting_id])


def save_presentation(conn: Connection, presentation: Presentation) -> None:
    """Keep how a member presented; a later record takes the place of the earlier one."""
    _upsert(conn, "presentation", asdict(presentation), ("tenant_id", "meeting_id", "person_id"))


def list_comments(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> list[Comment]:
    """Give the comments, in the order in which they were made."""
    return _list(
        conn,
        Comment,
        COMMENT + "WHERE tenant_id = %s AND meeting_id = %s ORDER BY at, person_id",
        [tenant_id, meeting_id],
    )


def list_phrases(conn: Connection, tenant_id: UUID, by: UUID) -> list[tuple[str, str]]:
    """Give the kind and text of the newest comments of a person, to be used again."""
    return conn.execute(
        "SELECT kind, text FROM comment WHERE tenant_id = %s AND by = %s"
        " GROUP BY kind, text ORDER BY max(at) DESC LIMIT 12",
        [tenant_id, by],
    ).fetchall()


def save_comment(conn: Connection, comment: Comment) -> None:
    """Keep the comment of a member; a later one takes its place."""
    _upsert(conn, "comment", asdict(comment), ("tenant_id", "meeting_id", "person_id"))


def list_notes(conn: Connection, tenant_id: UUID, meeting_id: UUID) -> list[Note]:
    """Give the notes of the discussion and the corrections, the oldest first."""
    return _list(conn, Note, NOTE + "WHERE tenant_id = %s AND meeting_id = %s ORDER BY at, id", [tenant_id, meeting_id])


def add_note(conn: Connection, note: Note) -> None:
    """Add a note."""
    _upsert(conn, "note", asdict(note), ("tenant_id", "meeting_id", "id"))


def _meeting(conn: Connection, tenant_id: UUID, meeting_id: UUID, lock: str) -> Meeting:
    found = _list(conn, Meeting, f"{MEETING} WHERE tenant_id = %s AND id = %s {lock}", [tenant_id, meeting_id])
    if not found:
        raise MeetingNotFound
    return found[0]


def _list(conn: Connection, cls: type[T], query: str, values: list[Any]) -> list[T]:
    with conn.cursor(row_factory=record(cls)) as cursor:
        return cursor.execute(query.encode(), values).fetchall()


def _upsert(conn: Connection, table: str, row: dict[str, Any], key: tuple[str, ...]) -> None:
    """Insert a whole row, or replace what is not its key."""
    names = [sql.Identifier(name) for name in row]
    changes = [sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in row if name not in key]
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(names),
        sql.SQL(", ").join(sql.Placeholder(name) for name in row),
        sql.SQL(", ").join(sql.Identifier(name) for name in key),
        sql.SQL(", ").join(changes),
    )
    conn.execute(statement, row)
