"""Remarks on pledgers, summaries of organisations, and how far a period has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.pledge.progress.domain import Table
from shared.directory.domain import Organization, Person


class Kind(StrEnum):
    """What a remark does (R-072); the last says why there is none."""

    PRAISE = "praise"
    ENCOURAGE = "encourage"
    REMIND = "remind"
    SKIPPED = "skipped"


KIND_NAMES = {Kind.PRAISE: "表扬", Kind.ENCOURAGE: "激励", Kind.REMIND: "提醒", Kind.SKIPPED: "本期不点评"}


@dataclass(frozen=True)
class Remark:
    """What was said of a pledger in a period, or why nothing was; a later one takes its place."""

    tenant_id: UUID
    id: UUID
    organization_id: UUID
    person_id: UUID
    period: str
    position: int
    pledge_id: UUID
    kind: Kind
    text: str
    made_by: UUID
    made_at: datetime


@dataclass(frozen=True)
class Summary:
    """How an organisation summed a period up; a later one takes its place."""

    tenant_id: UUID
    id: UUID
    organization_id: UUID
    period: str
    position: int
    text: str
    made_by: UUID
    made_at: datetime


@dataclass(frozen=True)
class Line:
    """A pledger in the overview of a period."""

    person: Person
    pledge_id: UUID
    here: bool
    """still in the organisation"""
    tables: list[Table]
    remark: Remark | None

    @property
    def gap(self) -> bool:
        """Say whether a remark, or the reason for none, is still missing."""
        return self.here and self.remark is None


@dataclass(frozen=True)
class Overview:
    """All pledgers of an organisation in a period, and its own pledges with their summary."""

    organization: Organization
    period: str
    wanted: bool
    """the scheme asks for it in this rhythm"""
    lines: list[Line]
    own: list[Table]
    summaries: list[Summary]
    """the newest first; that one counts"""

    @property
    def gaps(self) -> list[Line]:
        """Give the pledgers of whom nothing was said, not even why (nobody is skipped silently)."""
        return [line for line in self.lines if line.gap]


@dataclass(frozen=True)
class Span:
    """A period with its year, its beginning and its end."""

    period: str
    year: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Left:
    """What a period still asks of an organisation."""

    people: list[Person]
    """pledgers of whom nothing was said"""
    summary: bool
    """something is to be summed up"""
