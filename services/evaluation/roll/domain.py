"""What a roll is: its electors, its numbers, and until when it keeps their credentials."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Way(StrEnum):
    """How one elector votes."""

    PAPER = "paper"
    ELECTRONIC = "electronic"


CHANNEL_NAMES = {"paper": "纸质投票", "electronic": "电子投票", "mixed": "电子与纸质并用"}


@dataclass(frozen=True)
class Roll:
    """The roll of one ballot in numbers."""

    tenant_id: UUID
    election_id: UUID
    electronic: int
    paper: int
    secrecy_minimum: int
    erase_on: date
    erased_at: datetime | None = None
    fingerprint: str = ""
    """of the public credentials; empty where an older release called the ballot"""


@dataclass(frozen=True)
class Elector:
    """Somebody on a roll."""

    tenant_id: UUID
    election_id: UUID
    person_id: UUID
    channel: Way | None
    """none once it was erased"""
    credential: bytes | None
    """encrypted"""


@dataclass(frozen=True)
class Candidate:
    """What an elector reads about a name on the ballot."""

    person_id: UUID
    deed: str
    pledge: str


@dataclass(frozen=True)
class Ticket:
    """What one elector's booth needs: the private credential, and what to read about the candidates."""

    credential: str
    candidates: tuple[Candidate, ...]
    roll: str = ""
    """mark of the public credentials: a booth does not vote in a box that has others"""
