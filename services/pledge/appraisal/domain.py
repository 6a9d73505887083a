"""What the appraisal of one pledge holds: what each source says, figures, and what was decided."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.pledge.assessment.domain import Source


class AppraisalState(StrEnum):
    """Whether people decided."""

    OPEN = "open"
    DECIDED = "decided"


@dataclass(frozen=True)
class Appraisal:
    """One pledge on one occasion; what people wrote is encrypted."""

    tenant_id: UUID
    id: UUID
    assessment_id: UUID
    pledge_id: UUID
    organization_id: UUID
    person_id: UUID | None
    closing: bool
    state: AppraisalState
    grade: str | None = None
    reason: bytes | None = field(default=None, repr=False)
    done: int | None = None
    total: int | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    reply: bytes | None = field(default=None, repr=False)
    replied_by: UUID | None = None
    replied_at: datetime | None = None
    outside_document: str = ""
    """title and 文号 of what the outside superior wrote, where nobody in the university stands above"""
    outside_on: date | None = None


@dataclass(frozen=True)
class Own:
    """What a pledger says of the own pledge: of every matter, and in sum (R-094)."""

    matters: dict[str, str]
    """by the matter's id"""
    text: str = ""
    grade: str = ""


@dataclass(frozen=True)
class Comment:
    """成绩、问题、努力方向 (R-096)."""

    source: Source
    achievements: str
    problems: str
    direction: str
    grade: str = ""


@dataclass(frozen=True)
class Remark:
    """What was said in a quarter."""

    period: str
    kind: str
    text: str


@dataclass(frozen=True)
class Figures:
    """What can be counted (R-098): matters by how they ended."""

    total: int
    done: int
    partial: int
    undone: int
    changed: int
    cancelled: int
    open: int
    on_time: int
    """done by the promised day, or done where no day was promised"""


@dataclass(frozen=True)
class Row:
    """An appraisal in a list of an occasion."""

    id: UUID
    pledge_id: UUID
    person_id: UUID | None
    name: str
    number: str
    form: str
    headline: str
    state: AppraisalState
    grade: str | None
    done: int | None
    total: int | None
    own: bool
    """the pledger said something"""
    comments: int
