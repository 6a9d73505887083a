"""What a key of a period is, and how far its ceremony has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """How far a ceremony has come."""

    RUNNING = "running"
    MADE = "made"
    FAILED = "failed"
    RETIRED = "retired"


class Step(StrEnum):
    """What every seat offers in public."""

    CERTIFICATE = "certificate"
    COEFEXPS = "coefexps"
    VERIFICATION = "verification"


Offers = Mapping[Step, Mapping[int, str]]
"""What was offered so far, by step and seat."""


@dataclass(frozen=True)
class Ceremony:
    """A key ceremony as ballot follows it."""

    tenant_id: UUID
    id: UUID
    period: str
    group_name: str
    threshold: int
    seats: list[int]
    state: State
    requested_at: datetime
    fault: str = ""
    trustees: str | None = None
    public_key: str | None = None
    ended_at: datetime | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True)
class Spent:
    """A key whose ballots are all counted or void, since when, and the schemes (id, version) of their calls."""

    tenant_id: UUID
    id: UUID
    settled_at: datetime
    schemes: list[str]


@dataclass(frozen=True)
class Wanted:
    """A period whose called ballots wait for a key that nobody is making."""

    tenant_id: UUID
    period: str
    failures: int
    failed_at: datetime | None


@dataclass(frozen=True)
class Progress:
    """How far the key of a period has come that does not stand yet."""

    waits_for: list[int]
    """seats that have not offered everything, while a ceremony runs"""
    since: datetime | None
    failures: int
    fault: str = ""
    """of the last ceremony that failed: the seat at fault, the code, the seat that says so"""
    again_at: datetime | None = None
    """when the next one begins, where none runs"""

    @property
    def accused(self) -> int:
        """Give the seat at fault, 0 where it is none."""
        return int(self.fault.partition(":")[0] or 0)


@dataclass(frozen=True)
class Key:
    """A key that stands."""

    ceremony_id: UUID
    period: str
    threshold: int
    seats: list[int]
    trustees: str
    """the exact text of the archive"""
    public_key: str
