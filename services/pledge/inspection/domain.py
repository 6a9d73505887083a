"""Inspections, what they found, and what followed (R-078)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """The ways of inspecting that the seed names."""

    SYMPOSIUM = "symposium"
    REGULAR = "regular"
    RANDOM = "random"


KIND_NAMES = {Kind.SYMPOSIUM: "座谈会", Kind.REGULAR: "经常性督查", Kind.RANDOM: "随机抽查"}


@dataclass(frozen=True)
class Inspection:
    """An inspection by a superior; of a random one also how the sample was drawn."""

    tenant_id: UUID
    id: UUID
    organization_id: UUID
    kind: Kind
    year: int
    title: str
    held_on: date
    seed: str
    listed: list[UUID]
    """the pledges from which was drawn"""
    drawn: list[UUID]
    made_by: UUID
    made_at: datetime


@dataclass(frozen=True)
class Observation:
    """What an inspection found, of one pledge or in general."""

    tenant_id: UUID
    id: UUID
    inspection_id: UUID
    pledge_id: UUID | None
    text: str
    follow_up: str
    follow_up_on: date | None
    result: str
    done_on: date | None
    entered_by: UUID
    entered_at: datetime

    @property
    def open(self) -> bool:
        """Say whether something is still to be put right."""
        return bool(self.follow_up) and self.done_on is None
