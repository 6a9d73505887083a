"""What an award is: a winner from the count to publication, and the steps on the way."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class AwardState(StrEnum):
    """Where an award stands. In this order it only moves forward, whatever the order in which events arrive."""

    ELECTED = "elected"
    """counted; the second verification waits for a decision of people"""
    VERIFIED = "verified"
    FILED = "filed"
    ACKNOWLEDGED = "acknowledged"
    POSTED = "posted"
    PUBLISHED = "published"
    WITHHELD = "withheld"
    STOPPED = "stopped"
    REVOKED = "revoked"


ORDER = tuple(AwardState)
STATE_NAMES = {
    AwardState.ELECTED: "已当选",
    AwardState.VERIFIED: "复核通过",
    AwardState.FILED: "已报备案",
    AwardState.ACKNOWLEDGED: "已备案",
    AwardState.POSTED: "正在公示",
    AwardState.PUBLISHED: "已发布",
    AwardState.WITHHELD: "复核未通过",
    AwardState.STOPPED: "已终止",
    AwardState.REVOKED: "已撤销",
}
IDENTITIES = ("教师", "学生", "离退休同志")
"""What the form may write as 党员身份 (R-172)."""
REASON_NAMES = {
    "not_active": "已不在本单位",
    "moved": "组织关系已转出",
    "not_formal": "不符合候选人的党员身份",
    "exempt": "免予参加评选",
    "leader": "担任领导职务，按制度方案不参评",
    "finding": "有已认定的情形",
    "ballot_annulled": "投票已作废",
}
CAUSE_NAMES = {"objection": "异议成立", "withdrawn": "备案时撤回", "annulled": "投票已作废"}


@dataclass(frozen=True)
class Award:
    """One line of the ledger (R-135)."""

    tenant_id: UUID
    id: UUID
    election_id: UUID
    meeting_id: UUID
    organization_id: UUID
    filing_organization_id: UUID
    person_id: UUID
    period: str
    name: str
    stroke_key: str
    identity: str
    ordinary: bool
    deed: str
    state: AwardState
    elected_at: datetime
    withheld_reasons: list[str] = field(default_factory=list)
    filing_id: UUID | None = None
    filing_number: str = ""
    acknowledged_on: date | None = None
    notice_id: UUID | None = None
    notice_starts_on: date | None = None
    notice_ends_on: date | None = None
    published_on: date | None = None
    stop_cause: str = ""
    revoked_on: date | None = None

    @property
    def state_name(self) -> str:
        """Give the state's Chinese name."""
        return STATE_NAMES[self.state]

    @property
    def alive(self) -> bool:
        """Say whether the award is on its way or published."""
        return ORDER.index(self.state) <= ORDER.index(AwardState.PUBLISHED)


@dataclass(frozen=True)
class Step:
    """One thing that happened to an award."""

    award_id: UUID
    step: str
    event_id: UUID
    at: datetime
    by_id: UUID | None = None
    document: str = ""
    note: str = ""
