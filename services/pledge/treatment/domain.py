"""What a treatment is (R-013, R-014, C16)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class TreatmentKind(StrEnum):
    """How a member who can hardly pledge is treated."""

    ENCOURAGED = "encouraged"
    EXEMPT = "exempt"


KIND_WORDS = {
    TreatmentKind.ENCOURAGED: "不作承诺，鼓励做力所能及的工作",
    TreatmentKind.EXEMPT: "经上级党组织同意免予参加",
}


class TreatmentState(StrEnum):
    """How far it has come."""

    APPLIED = "applied"
    CONSENTED = "consented"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATE_NAMES = {
    TreatmentState.APPLIED: "待上级审批",
    TreatmentState.CONSENTED: "已生效",
    TreatmentState.REFUSED: "上级不同意",
    TreatmentState.WITHDRAWN: "已撤销",
}


@dataclass(frozen=True)
class Treatment:
    """One member's treatment in a year."""

    tenant_id: UUID
    id: UUID
    person_id: UUID
    organization_id: UUID
    year: int
    kind: TreatmentKind
    reason: str = field(repr=False)
    """encrypted: it may speak of health"""
    work: str
    """what the member is encouraged to do"""
    state: TreatmentState
    applied_by: UUID
    applied_at: datetime
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    advice: str = ""


@dataclass(frozen=True)
class Listed:
    """A treatment in a list, without its reason."""

    id: UUID
    name: str
    organization: str
    path: str
    year: int
    kind: TreatmentKind
    work: str
    state: TreatmentState
    applied_at: datetime
    advice: str
