"""What an import is: the file between preview and entry, and the plan of what it would enter."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.pledge.pledge.domain import Pledge, Version
from shared.directory.domain import Organization, Person


@dataclass(frozen=True)
class Run:
    """An uploaded file between its preview and its entry."""

    tenant_id: UUID
    id: UUID
    organization_id: UUID
    filename: str
    content: bytes | None = field(repr=False)
    made_by: UUID
    made_at: datetime
    entered_at: datetime | None = None
    created: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell, with a row, or (row 1) with the headings."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        """Write 第5行“完成时限”：……"""
        where = f"“{self.column}”" if self.column else ""
        return f"第{self.row}行{where}：{self.text}"


@dataclass(frozen=True)
class Pledger:
    """Who pledges: a person of the roster with the branch in which it is done, or (no person) an organisation."""

    person: Person | None
    branch: Organization

    @property
    def id(self) -> UUID:
        """Give the person's id, or the organisation's."""
        return self.person.id if self.person else self.branch.id

    @property
    def name(self) -> str:
        """Give the person's name, or the organisation's."""
        return self.person.name if self.person else self.branch.name


@dataclass(frozen=True)
class Known:
    """A pledge that is there already."""

    pledger_id: UUID
    """the person's, or the organisation's"""
    year: int
    kind: str
    community: str
    form: str
    headline: str


@dataclass(frozen=True)
class Entry:
    """A pledge that would be entered."""

    row: int
    name: str
    pledge: Pledge
    version: Version


@dataclass(frozen=True)
class Plan:
    """All that an import would do; nothing, when it has faults."""

    entries: tuple[Entry, ...] = ()
    unchanged: int = 0
    faults: tuple[Fault, ...] = ()
