"""What an exemption is: its grounds, what each does, its states."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Effect(StrEnum):
    """What an exemption does to the person in meetings and ballots."""

    EXEMPT = "exempt"
    """may stay away (R-014)"""
    UNCOUNTED = "uncounted"
    """does not belong to 应到会 (requirements 2.1)"""


EFFECT_NAMES: Mapping[Effect, str] = {Effect.EXEMPT: "免予参加", Effect.UNCOUNTED: "不计入应到会"}


class Ground(StrEnum):
    """Why: sensitive, and therefore only kept encrypted."""

    FRAIL = "frail"
    MENTAL = "mental"
    ABROAD = "abroad"
    DETAINED = "detained"
    BEDRIDDEN = "bedridden"
    AWAY = "away"


GROUND_NAMES: Mapping[Ground, str] = {
    Ground.FRAIL: "老弱病残等特殊情况（免予参加）",
    Ground.MENTAL: "患有精神病或因其他疾病不能表达本人意志",
    Ground.ABROAD: "自费出国半年以上",
    Ground.DETAINED: "正在服刑或被羁押",
    Ground.BEDRIDDEN: "年老体弱卧床不起或长期生病、生活不能自理",
    Ground.AWAY: "外出六个月以上，按规定应转走而未转组织关系",
}
EFFECTS: Mapping[Ground, Effect] = {
    ground: Effect.EXEMPT if ground is Ground.FRAIL else Effect.UNCOUNTED for ground in Ground
}


class State(StrEnum):
    """Where a request stands."""

    REQUESTED = "requested"
    CONSENTED = "consented"
    REFUSED = "refused"
    ENDED = "ended"


STATE_NAMES: Mapping[State, str] = {
    State.REQUESTED: "待上级党组织审批",
    State.CONSENTED: "上级党组织已同意",
    State.REFUSED: "上级党组织未同意",
    State.ENDED: "已终止",
}


@dataclass(frozen=True)
class Exemption:
    """One request of a branch for one of its members, and what the superior decided."""

    tenant_id: UUID
    id: UUID
    person_id: UUID
    organization_id: UUID
    effect: Effect
    sealed: bytes
    """ground and reason, encrypted"""
    document: str
    """文号 or title of the paper that shows it, if any"""
    resolved_on: date | None
    """when the 党员大会 agreed; needed for `uncounted`"""
    starts_on: date
    ends_on: date | None
    state: State
    applied: bool
    asked_by: UUID
    asked_at: datetime
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    decision: str = ""


@dataclass(frozen=True)
class Waiting:
    """A request in the list of those that wait for the superior."""

    id: UUID
    person_id: UUID
    name: str
    organization_name: str
    effect: Effect
    asked_at: datetime
