"""Meetings, those who belong to them, and what was presented, said and noted."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared import clock
from shared.directory.domain import Identity, Standing


class MeetingState(StrEnum):
    """Where a meeting stands (R-115)."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    """minutes locked"""
    CANCELLED = "cancelled"


STATE_NAMES = {
    MeetingState.ANNOUNCED: "已报告",
    MeetingState.OPEN: "已召开",
    MeetingState.CLOSED: "已结束",
    MeetingState.CANCELLED: "已取消",
}


class Capacity(StrEnum):
    """In which capacity somebody takes part; only members belong to 应到会 (R-018, R-019)."""

    MEMBER = "member"
    ACTIVIST = "activist"
    GUEST = "guest"
    """党外群众代表"""
    OBSERVER = "observer"


CAPACITY_NAMES = {
    Capacity.MEMBER: "党员",
    Capacity.ACTIVIST: "入党积极分子",
    Capacity.GUEST: "党外群众代表",
    Capacity.OBSERVER: "上级列席",
}


class Presence(StrEnum):
    """Whether somebody came (R-124)."""

    NOT_MARKED = "not_marked"
    PRESENT = "present"
    EXCUSED_ABSENT = "leave"
    """asked for leave; `excused` says whether the reason was found good"""
    ABSENT = "absent"


PRESENCE_NAMES = {
    Presence.NOT_MARKED: "未登记",
    Presence.PRESENT: "出席",
    Presence.EXCUSED_ABSENT: "请假",
    Presence.ABSENT: "缺席",
}


class Manner(StrEnum):
    """How a member presented (R-118)."""

    SPOKEN = "spoken"
    READ_BY_OTHER = "read_by_other"
    WRITTEN = "written"
    NONE = "none"


MANNER_NAMES = {
    Manner.SPOKEN: "本人介绍",
    Manner.READ_BY_OTHER: "他人代读",
    Manner.WRITTEN: "书面介绍",
    Manner.NONE: "未作介绍",
}


class CommentKind(StrEnum):
    """What a comment is for."""

    PRAISE = "praise"
    ENCOURAGE = "encourage"
    REMIND = "remind"


COMMENT_NAMES = {CommentKind.PRAISE: "表扬", CommentKind.ENCOURAGE: "激励", CommentKind.REMIND: "提醒"}


class NoteKind(StrEnum):
    """What a note of a meeting is."""

    DISCUSSION = "discussion"
    CORRECTION = "correction"


@dataclass(frozen=True)
class Meeting:
    """One quarterly meeting of a branch."""

    tenant_id: UUID
    id: UUID
    organization_id: UUID
    superior_id: UUID | None
    period: str
    title: str
    starts_at: datetime
    place: str
    agenda: str
    state: MeetingState
    announced_by: UUID
    announced_at: datetime
    late_reason: str
    scheme_id: UUID
    scheme_version: int
    observer_id: UUID | None = None
    observer_reason: str = ""
    observer_by: UUID | None = None
    observer_at: datetime | None = None
    opened_by: UUID | None = None
    opened_at: datetime | None = None
    closed_by: UUID | None = None
    closed_at: datetime | None = None
    chair: str = ""
    recorder: str = ""
    summary: str = ""
    cancel_reason: str = ""
    cancelled_at: datetime | None = None

    @property
    def held_on(self) -> date:
        """Give the day of the meeting: the announced one, or an earlier one on which it was opened."""
        planned = clock.day_of(self.starts_at)
        return min(planned, clock.day_of(self.opened_at)) if self.opened_at else planned

    def entered_late(self, at: datetime) -> bool:
        """Say whether something was entered after the day of the meeting, from paper (补录)."""
        return clock.day_of(at) > self.held_on


@dataclass(frozen=True)
class Attendee:
    """Somebody at a meeting, as the directory knew them when it opened."""

    tenant_id: UUID
    meeting_id: UUID
    person_id: UUID
    capacity: Capacity
    name: str
    number: str
    stroke_key: str
    standing: Standing | None
    identity: Identity | None
    leader: bool
    exempt: bool
    counted: bool
    floating: bool
    presence: Presence = Presence.NOT_MARKED
    excused: bool = False
    """正当理由成立"""
    reason: bytes | None = None
    """encrypted"""
    channel: str = ""
    """how somebody took part from afar: 视频, 电话; empty for in person"""
    marked_by: UUID | None = None
    marked_at: datetime | None = None
    undecided: bool = False
    """of who is on leave: nobody has said yet whether there is 正当理由"""

    @property
    def waits(self) -> bool:
        """Say whether somebody on leave waits for the word on 正当理由."""
        return self.undecided and self.presence is Presence.EXCUSED_ABSENT and not self.excused

    @property
    def ordinary(self) -> bool:
        """Say whether this is an ordinary member (普通党员, R-120)."""
        return self.capacity is Capacity.MEMBER and not self.leader


@dataclass(frozen=True)
class Leave:
    """A member's request to stay away, and the secretary's decision."""

    tenant_id: UUID
    meeting_id: UUID
    person_id: UUID
    reason: bytes
    asked_at: datetime
    granted: bool | None = None
    note: str = ""
    decided_by: UUID | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Presentation:
    """How a member presented the quarter's deeds."""

    tenant_id: UUID
    meeting_id: UUID
    person_id: UUID
    manner: Manner
    reason: str
    text: str
    entered_by: UUID
    entered_at: datetime


@dataclass(frozen=True)
class Comment:
    """The 点评 of a member."""

    tenant_id: UUID
    meeting_id: UUID
    person_id: UUID
    text: str
    kind: CommentKind
    by: UUID
    at: datetime


@dataclass(frozen=True)
class Note:
    """A paragraph of the discussion, or a correction to locked minutes."""

    tenant_id: UUID
    meeting_id: UUID
    id: UUID
    kind: NoteKind
    text: str
    by: UUID
    at: datetime
