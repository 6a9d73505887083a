"""What a form asks, and what a box of anonymous answers keeps: sums, never answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.pledge.assessment.domain import Source

SATISFACTION = ("满意", "基本满意", "不满意", "不了解")
UNKNOWN = SATISFACTION[-1]


@dataclass(frozen=True)
class Question:
    """One line of a form: a person's pledge, or a matter that an organisation promised (R-197)."""

    key: str
    name: str
    text: str
    choices: tuple[str, ...]
    result: str = ""
    """how far the matter came"""


@dataclass(frozen=True)
class Tally:
    """The sums of a box or of papers: by question and choice; and texts, in no order that tells anything."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Box:
    """All answers of one kind on one occasion, in one row."""

    tenant_id: UUID
    assessment_id: UUID
    source: Source
    used: list[bytes]
    answers: int
    sealed: bytes | None


@dataclass(frozen=True)
class Paper:
    """Totals of forms on paper, with who counted, entered and confirmed them."""

    tenant_id: UUID
    id: UUID
    assessment_id: UUID
    source: Source
    papers: int
    sealed: bytes = field(repr=False)
    tellers: str
    entered_by: UUID
    entered_at: datetime
    confirmed_by: UUID | None = None
    confirmed_at: datetime | None = None
    dropped_at: datetime | None = None
    drop_reason: str = ""
    """stated where it was dropped after forms were closed"""


@dataclass(frozen=True)
class Count:
    """What one source says in sum: how many took part, and what they chose; hidden while too few did."""

    source: Source
    people: int
    hidden: bool
    counts: Mapping[str, Mapping[str, int]]
    texts: list[str]


@dataclass(frozen=True)
class Satisfaction:
    """How the masses see one matter that an organisation promised (R-197)."""

    content: str
    said: Mapping[str, int]

    @property
    def known(self) -> int:
        """Count those who gave a judgment."""
        return sum(number for choice, number in self.said.items() if choice != UNKNOWN)

    @property
    def satisfied(self) -> int:
        """Count the satisfied and the mostly satisfied."""
        return self.said.get(SATISFACTION[0], 0) + self.said.get(SATISFACTION[1], 0)
