"""What may follow a poor appraisal; every step is taken by people, and the member is heard before it (R-100)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Step(StrEnum):
    """How far it goes."""

    EDUCATION = "education"
    HANDLING = "handling"


STEP_NAMES = {Step.EDUCATION: "批评教育", Step.HANDLING: "组织处理"}


class ConsequenceState(StrEnum):
    """How far one step has come."""

    PROPOSED = "proposed"
    HEARD = "heard"
    DECIDED = "decided"
    DROPPED = "dropped"


CONSEQUENCE_NAMES = {
    ConsequenceState.PROPOSED: "等待本人申辩",
    ConsequenceState.HEARD: "本人已申辩",
    ConsequenceState.DECIDED: "已决定",
    ConsequenceState.DROPPED: "不再进行",
}


@dataclass(frozen=True)
class Consequence:
    """One step towards one member; facts, reply and decision are encrypted together."""

    tenant_id: UUID
    id: UUID
    appraisal_id: UUID
    organization_id: UUID
    person_id: UUID
    step: Step
    state: ConsequenceState
    sealed: bytes = field(repr=False)
    proposed_by: UUID
    proposed_at: datetime
    reply_by_on: date
    heard_by: UUID | None = None
    heard_at: datetime | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    decided_on: date | None = None


@dataclass(frozen=True)
class Words:
    """What people wrote of it."""

    facts: str
    reply: str = ""
    decision: str = ""
