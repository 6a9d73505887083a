"""What sign-in knows: an account, sign-ins in vain, and the offices that a person holds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from shared.directory.domain import Role


@dataclass(frozen=True)
class Account:
    """The password of a person, hashed."""

    tenant_id: UUID
    person_id: UUID
    password_hash: str
    must_change: bool
    changed_at: datetime
    reset_by_id: UUID | None
    """Who set it last for this person; stays when the person changes it."""
    reset_at: datetime | None


@dataclass(frozen=True)
class Failures:
    """How often a number or an address was tried in vain, when last, and up to when that has faded."""

    failures: int
    last_at: datetime
    halved_at: datetime | None = None


@dataclass(frozen=True)
class Limit:
    """How many tries in vain are free, how long the pauses grow, and in what time half of the failures fade."""

    free: int
    longest: timedelta
    halves: timedelta


@dataclass(frozen=True)
class Office:
    """A position as its holder sees it, with the name and path of the organisation."""

    role: Role
    organization: str
    path: str
    starts_on: date
    ends_on: date | None
