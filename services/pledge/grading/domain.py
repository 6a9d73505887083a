"""What a grading is: its call and numbers, the lines of its form as they were called, and its electors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5


class GradingState(StrEnum):
    """How far a grading has come, as far as ballot has told."""

    CALLED = "called"
    OPENED = "opened"
    COUNTED = "counted"
    ANNULLED = "annulled"


STATE_NAMES = {
    GradingState.CALLED: "等待监票人开始",
    GradingState.OPENED: "正在测评",
    GradingState.COUNTED: "已经计票",
    GradingState.ANNULLED: "已作废",
}


@dataclass(frozen=True)
class Grading:
    """A grading of one occasion; its totals are encrypted."""

    tenant_id: UUID
    id: UUID
    """of the ballot"""
    assessment_id: UUID
    organization_id: UUID
    title: str
    period: str
    entitled: int
    secrecy_minimum: int
    tellers: list[UUID]
    closes_at: datetime | None
    called_by: UUID
    called_at: datetime
    erase_on: date
    opened_at: datetime | None = None
    counted_at: datetime | None = None
    returned: int | None = None
    sealed: bytes | None = field(default=None, repr=False)
    annulled_at: datetime | None = None
    statement: str = ""
    erased_at: datetime | None = None
    fingerprint: str = ""
    """of the public credentials; empty where an older release called it"""

    @property
    def state(self) -> GradingState:
        """Say how far it has come, in whatever order that was told."""
        if self.annulled_at is not None:
            return GradingState.ANNULLED
        if self.counted_at is not None:
            return GradingState.COUNTED
        return GradingState.OPENED if self.opened_at is not None else GradingState.CALLED

    @property
    def state_name(self) -> str:
        """Say it in words."""
        return STATE_NAMES[self.state]

    @property
    def ballot_id(self) -> UUID:
        """Give the id by which ballot knows it."""
        return self.id

    @property
    def over(self) -> bool:
        """Say whether nobody can take part any more."""
        return self.state in {GradingState.COUNTED, GradingState.ANNULLED}


@dataclass(frozen=True)
class Line:
    """One line of the form, as it stood when the grading was called."""

    place: int
    """counted from 1"""
    subject_id: UUID
    key: str
    """of the line on the other forms of the occasion"""
    name: str
    text: str
    result: str
    choices: list[str]


@dataclass(frozen=True)
class Elector:
    """Somebody on the roll of a grading; never whether the person took part."""

    tenant_id: UUID
    grading_id: UUID
    person_id: UUID
    credential: bytes | None = field(repr=False)
    """encrypted; empty once it was erased"""


@dataclass(frozen=True)
class Ticket:
    """What one elector's booth needs: the private credential, and whom and what each line means."""

    credential: str
    questions: Sequence[Line]
    roll: str = ""
    """mark of the public credentials: a booth does not vote in a box that has others"""


def subject_of(key: str) -> UUID:
    """Give the id by which a line's totals come back: the appraisal's, or one made of a matter's key (R-197)."""
    appraisal_id, _, matter = key.partition(":")
    return uuid5(UUID(appraisal_id), matter) if matter else UUID(appraisal_id)
