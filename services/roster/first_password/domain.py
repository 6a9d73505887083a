"""Who of an organisation still needs a password, and a slip on which one is handed over."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.directory.domain import Organization


class Whom(StrEnum):
    """For whom slips are made; each person belongs to one of the two at a time."""

    WITHOUT = "without"
    """who has no password yet"""
    UNUSED = "unused"
    """who was given one and has not made an own one; what was given before opens nothing any more"""


@dataclass(frozen=True)
class Waiting:
    """Somebody who has no password of his or her own yet, nor signs in through the campus."""

    id: UUID
    number: str
    name: str
    organization_id: UUID
    organization: str
    given_at: datetime | None
    """when somebody else set the password that was not replaced yet; nothing where there is none"""
    offices: list[str]
    """paths at which offices are held that have not ended"""

    @property
    def group(self) -> Whom:
        """Say in which of the two groups the person is."""
        return Whom.WITHOUT if self.given_at is None else Whom.UNUSED


@dataclass(frozen=True)
class Place:
    """An organisation below, with how many of its people wait."""

    id: UUID
    name: str
    without: int
    unused: int


@dataclass(frozen=True)
class Overview:
    """Who waits in an organisation and below it."""

    organization: Organization
    without: int
    unused: int
    higher: Sequence[Waiting]
    """who waits too, but holds an office that only an administrator may touch"""
    below: Sequence[Place]


@dataclass(frozen=True)
class Slip:
    """What stands on a slip; it exists while a request is answered and nowhere else."""

    id: UUID
    number: str
    name: str
    organization: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Slips:
    """The slips of one request, and how many people of the same group wait still."""

    organization: Organization
    university: str
    slips: Sequence[Slip]
    left: int
