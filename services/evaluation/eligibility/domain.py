"""What keeps a member from standing, and what people decided on what the system proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.evaluation.attendance.domain import Attendance
from services.evaluation.meeting.domain import Attendee, Manner
from shared.directory.domain import Person


class Weight(StrEnum):
    """How an obstacle works."""

    FIXED = "fixed"
    """by the scheme or the directory: nothing to decide"""
    FINDING = "finding"
    """established by people after a hearing"""
    PROPOSED = "proposed"
    """computed: works only once people confirmed it (R-158, R-159)"""


@dataclass(frozen=True)
class Obstacle:
    """One reason why a member cannot stand, or perhaps cannot."""

    code: str
    text: str
    weight: Weight
    evidence: str = ""
    confirmed: bool | None = None
    """what people decided on a proposal"""
    reason: str = ""

    @property
    def blocks(self) -> bool:
        """Say whether it keeps the member from the candidates."""
        return self.weight is not Weight.PROPOSED or self.confirmed is True

    @property
    def undecided(self) -> bool:
        """Say whether people must still decide."""
        return self.weight is Weight.PROPOSED and self.confirmed is None


@dataclass(frozen=True)
class Decision:
    """What the branch committee decided on a proposed obstacle."""

    tenant_id: UUID
    meeting_id: UUID
    person_id: UUID
    code: str
    confirmed: bool
    reason: str
    decided_by: UUID
    decided_at: datetime


@dataclass(frozen=True)
class Case:
    """What is known of one member on the day on which it is judged: of the call, or of the count."""

    person: Person
    here: bool
    """belongs to the branch"""
    day: date
    """on which findings hold and the time without contact is counted"""
    attendee: Attendee | None
    findings: Sequence[int] = ()
    """conditions established and in force"""
    attendance: Sequence[Attendance] = ()
    """since the year began that is counted, the oldest first"""
    deeds: int = 0
    objective_reason: bool = False
    """why there is no entry was found objective"""
    manner: Manner | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    period: str = ""
    """the quarter of the vote, whose calendar year may be counted; empty for that of the day of judgement"""


@dataclass(frozen=True)
class Reviewed:
    """A member with everything that stands in the way."""

    person: Person
    obstacles: tuple[Obstacle, ...]

    @property
    def stands(self) -> bool:
        """Say whether the member is a candidate."""
        return not any(obstacle.blocks or obstacle.undecided for obstacle in self.obstacles)
