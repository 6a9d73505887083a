"""A reminder that is due, and how pledges are looked at for some."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Stage(StrEnum):
    """Before the deadline of a matter, or after it."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Reminder:
    """That a matter without a final state is due soon, or overdue (R-041, R-073)."""

    tenant_id: UUID
    pledge_id: UUID
    item_id: UUID
    organization_id: UUID
    person_id: UUID | None
    due_on: date
    stage: Stage
    together: bool
    """others may have promised it too"""


@dataclass(frozen=True)
class Awaited:
    """A pledge that has to be looked at, and the scheme under which it was made."""

    tenant_id: UUID
    pledge_id: UUID
    scheme_id: UUID
    scheme_version: int


@dataclass(frozen=True)
class Look:
    """The days of whose matters one is to be reminded, and how many days before a matter's day one looks again."""

    tenant_id: UUID
    pledge_id: UUID
    begins: date
    ends: date
    lead: int
