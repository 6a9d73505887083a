"""Attendance of a person at one 组织生活."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Removed:
    """An imported row that was taken out again, with its reason."""

    tenant_id: UUID
    id: UUID
    person_id: UUID
    held_on: date
    title: str
    present: bool
    excused: bool
    reason: str
    removed_by: UUID
    removed_at: datetime


@dataclass(frozen=True)
class Attendance:
    """Whether a person came to one meeting of the Party's organised life (R-158)."""

    tenant_id: UUID
    person_id: UUID
    held_on: date
    title: str
    present: bool
    excused: bool
    """absent with 正当理由"""
    note: str
    meeting_id: UUID | None
    """the quarterly meeting that it was copied from; none when it was imported"""
    entered_by: UUID
    entered_at: datetime

    @property
    def source(self) -> str:
        """Say where it comes from."""
        return "本系统会议" if self.meeting_id else "导入"
