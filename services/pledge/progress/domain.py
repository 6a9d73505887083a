"""The 履诺进度表: a matter that was promised, and what was reported on it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.pledge.pledge.domain import Item, Pledge


class ProgressState(StrEnum):
    """How far a matter has come; all but the first are final (R-077)."""

    UNDERWAY = "underway"
    DONE = "done"
    PARTIAL = "partial"
    UNDONE = "undone"
    CHANGED = "changed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Say whether nothing more is expected."""
        return self is not ProgressState.UNDERWAY


STATE_NAMES = {
    ProgressState.UNDERWAY: "进行中",
    ProgressState.DONE: "完成",
    ProgressState.PARTIAL: "部分完成",
    ProgressState.UNDONE: "未完成",
    ProgressState.CHANGED: "变更",
    ProgressState.CANCELLED: "取消",
}
WANT_REASON = {ProgressState.UNDONE, ProgressState.CHANGED, ProgressState.CANCELLED}


@dataclass(frozen=True)
class Entry:
    """One report on a matter; a later one with a correction takes the place of a final state."""

    tenant_id: UUID
    id: UUID
    pledge_id: UUID
    item_id: UUID
    position: int
    state: ProgressState
    happened_on: date
    note: str
    reason: str
    correction: str
    """why it changes a final state"""
    entered_by: UUID
    entry_reason: str
    entered_at: datetime

    def says_as(self, other: "Entry") -> bool:
        """Say whether two entries report the same."""
        return (self.state, self.happened_on, self.note, self.reason) == (
            other.state,
            other.happened_on,
            other.note,
            other.reason,
        )


@dataclass(frozen=True)
class Matter:
    """A matter as it was published, with its entries in order; the last counts."""

    item: Item
    entries: list[Entry] = field(default_factory=list)
    assumed: bool = False
    """no day is written; the last of the year counts"""

    @property
    def last(self) -> Entry | None:
        """Give the entry that counts."""
        return self.entries[-1] if self.entries else None

    @property
    def state(self) -> ProgressState | None:
        """Give how far it has come; none when nothing was reported."""
        return self.last.state if self.last else None

    @property
    def final(self) -> bool:
        """Say whether it has a final state."""
        return self.last is not None and self.last.state.final

    def overdue(self, today: date) -> bool:
        """Say whether its day has passed without a final state."""
        return not self.final and self.item.due_on is not None and self.item.due_on < today


@dataclass(frozen=True)
class Table:
    """The progress of a published pledge, matter by matter."""

    pledge: Pledge
    headline: str
    matters: list[Matter]

    @property
    def open(self) -> list[Matter]:
        """Give the matters without a final state."""
        return [matter for matter in self.matters if not matter.final]

    @property
    def done(self) -> int:
        """Count the matters that were done."""
        return sum(matter.state is ProgressState.DONE for matter in self.matters)

    @property
    def total(self) -> int:
        """Count the matters that were promised and not cancelled."""
        return sum(matter.state is not ProgressState.CANCELLED for matter in self.matters)

    def unresolved(self, today: date) -> list[Matter]:
        """Give, of an ended year, the matters without a final state (项项有着落、件件有结果, R-077)."""
        return self.open if self.pledge.year < today.year else []
