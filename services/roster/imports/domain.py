"""What an import is: the table as read, its faults, and the plan of what it would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.roster.person.domain import Record
from shared.directory.domain import Organization, Position


class ImportKind(StrEnum):
    """What a table lists."""

    ORGANIZATIONS = "organizations"
    PEOPLE = "people"


IMPORT_NAMES: Mapping[ImportKind, str] = {ImportKind.ORGANIZATIONS: "组织", ImportKind.PEOPLE: "人员"}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell, with a whole row, or (row 0) with who is missing."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        """Write 第5行“入党时间”：……"""
        where = f"“{self.column}”" if self.column else ""
        return f"第{self.row}行{where}：{self.text}" if self.row else self.text


class Act(StrEnum):
    """What a row does."""

    CREATED = "created"
    CHANGED = "changed"
    GONE = "gone"


ACT_NAMES: Mapping[Act, str] = {Act.CREATED: "新增", Act.CHANGED: "变更", Act.GONE: "离开"}


@dataclass(frozen=True)
class Difference:
    """One value that becomes another."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """What happens to one organisation or person."""

    row: int
    act: Act
    subject: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A record before and after."""

    before: Record
    after: Record


@dataclass(frozen=True)
class Plan:
    """All that an import would do; nothing, when it has faults."""

    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    faults: tuple[Fault, ...] = ()
    absent: tuple[str, ...] = ()
    """who stands in the roster of the branches named, but not in the table"""
    organizations: tuple[Organization, ...] = ()
    people: tuple[Kept, ...] = ()
    positions: tuple[Position, ...] = ()

    def count(self, act: Act) -> int:
        """Give how many changes are of one act."""
        return sum(change.act is act for change in self.changes)


@dataclass(frozen=True)
class Run:
    """An uploaded file between its preview and its entry."""

    tenant_id: UUID
    id: UUID
    kind: ImportKind
    filename: str
    whole: bool
    content: bytes | None = field(repr=False)
    made_by: UUID
    made_at: datetime
    committed_at: datetime | None = None
    created: int = 0
    changed: int = 0
    gone: int = 0
