"""What a review is: one step of looking a version over, passed or sent back with advice."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Step(StrEnum):
    """Who looks a pledge over (R-050, R-052, R-053, C2)."""

    BRANCH = "branch"
    GENERAL_BRANCH = "general_branch"
    SUPERIOR = "superior"
    """the organisation above, for an organisation's own pledge"""


STEP_NAMES = {Step.BRANCH: "党支部审诺", Step.GENERAL_BRANCH: "党总支审诺", Step.SUPERIOR: "上级党组织审诺"}


@dataclass(frozen=True)
class Review:
    """What a reviewer decided on a version."""

    tenant_id: UUID
    id: UUID
    pledge_id: UUID
    version: int
    step: Step
    organization_id: UUID
    """for which the reviewer spoke"""
    passed: bool
    checklist: list[str]
    met: list[str]
    advice: str
    follow_up_on: date | None
    reviewed_by: UUID
    reviewed_at: datetime


@dataclass(frozen=True)
class Verdict:
    """What a reviewer says, and of which text: `version` and `step` are those that the reviewer saw."""

    version: int
    step: Step
    passed: bool
    met: list[str] = field(default_factory=list)
    advice: str = ""
