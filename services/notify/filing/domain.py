"""What a filing is, how it stands, and what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

IDENTITIES = ("教师", "学生", "离退休同志")
"""党员身份 on the 登记表 (R-172)."""


class State(StrEnum):
    """Where a filing stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACKNOWLEDGED = "acknowledged"
    VOID = "void"
    """every line was withdrawn"""


STATE_NAMES = {
    State.SUBMITTED: "待备案",
    State.RETURNED: "已退回",
    State.ACKNOWLEDGED: "已备案",
    State.VOID: "已撤回",
}


@dataclass(frozen=True)
class Filing:
    """One 登记表 of an organisation for a quarter, in its batch."""

    tenant_id: UUID
    id: UUID
    organization_id: UUID
    period: str
    batch: int
    state: State
    revision: int
    due_on: date
    """a reminder, never a bar (R-170)"""
    opened_at: datetime
    submitted_at: datetime
    number: str | None
    acknowledged_on: date | None


class Act(StrEnum):
    """What can happen to a filing."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    ACKNOWLEDGED = "acknowledged"


ACT_NAMES = {
    Act.SUBMITTED: "报送",
    Act.RETURNED: "退回",
    Act.CORRECTED: "更正",
    Act.WITHDRAWN: "撤回一名",
    Act.ACKNOWLEDGED: "备案",
}


@dataclass(frozen=True)
class Step:
    """Something that happened to a filing; `person_id` is empty where the system submitted by itself."""

    act: Act
    revision: int
    at: datetime
    person_id: UUID | None
    statement: bytes | None
    """encrypted"""


def round_of(steps: Sequence[Step]) -> int:
    """Give how often a form was submitted: first by the system, then by people; who is added meanwhile is no round."""
    return 1 + sum(step.act is Act.SUBMITTED and step.person_id is not None for step in steps)


def titles(steps: Sequence[Step]) -> list[str]:
    """Write what each step was: 报送（第1次）, 补入 for what the system added to a form that was submitted, 退回."""
    found = []
    for place, step in enumerate(steps):
        before = steps[:place]
        if step.act is not Act.SUBMITTED:
            found.append(ACT_NAMES[step.act])
        elif step.person_id is None and any(each.act is Act.SUBMITTED for each in before):
            found.append("补入")
        else:
            found.append(f"{ACT_NAMES[step.act]}（第{round_of(steps[: place + 1])}次）")
    return found


@dataclass(frozen=True)
class Correction:
    """What a line's name or identity should be instead; an empty text leaves it."""

    award_id: UUID
    name: str = ""
    identity: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """A line to take off the form, with the reason."""

    award_id: UUID
    reason: str
