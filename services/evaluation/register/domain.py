"""Deeds of a 登记证 and the reasons for a quarter without one."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class DeedState(StrEnum):
    """What has become of an entry (R-113, R-123)."""

    ENTERED = "entered"
    PRESENTED = "presented"
    """shown at the meeting: locked, afterwards only additions"""
    CONFIRMED = "confirmed"
    """confirmed by the secretary: may appear outside the branch"""


STATE_NAMES = {DeedState.ENTERED: "已登记", DeedState.PRESENTED: "已介绍", DeedState.CONFIRMED: "已确认"}


@dataclass(frozen=True)
class Deed:
    """One entry: what a member said or did in a quarter (R-111, R-112)."""

    tenant_id: UUID
    id: UUID
    person_id: UUID
    organization_id: UUID
    period: str
    aspects: list[str]
    type: str
    field: str | None
    text: str
    happened_on: date | None
    place: str
    witness: str
    pledge_id: UUID | None
    declared: bool
    state: DeedState
    addition_of: UUID | None
    addition_reason: str
    entered_by: UUID
    entered_at: datetime
    entry_reason: str
    confirmed_by: UUID | None = None
    confirmed_at: datetime | None = None
    pledge_item_id: UUID | None = None
    """the item of the pledge to which it refers; none for the whole pledge"""
    pledge_version: int | None = None
    """the version of the pledge in whose words the item was chosen"""

    @property
    def by_another(self) -> bool:
        """Say whether somebody else entered it for the member."""
        return self.entered_by != self.person_id


@dataclass(frozen=True)
class NoEntry:
    """Why a member has no entry in a quarter (R-159)."""

    tenant_id: UUID
    person_id: UUID
    period: str
    objective: bool
    """an objective reason; without one the missing entry counts as 主观原因"""
    reason: str
    noted_by: UUID
    noted_at: datetime
