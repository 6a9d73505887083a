"""Which members are cared for, and what was done (R-081)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.directory.domain import Person


@dataclass(frozen=True)
class Hardship:
    """That a member is cared for, the circumstances encrypted."""

    tenant_id: UUID
    person_id: UUID
    organization_id: UUID
    sealed: bytes
    since_on: date
    ended_on: date | None
    noted_by: UUID
    noted_at: datetime


@dataclass(frozen=True)
class Care:
    """One thing that was done for a member, encrypted."""

    tenant_id: UUID
    id: UUID
    person_id: UUID
    organization_id: UUID
    sealed: bytes
    given_on: date
    entered_by: UUID
    entered_at: datetime


@dataclass(frozen=True)
class Cared:
    """A member who is cared for, with the texts opened."""

    person: Person
    hardship: Hardship
    circumstances: str
    given: list[tuple[Care, str]]
