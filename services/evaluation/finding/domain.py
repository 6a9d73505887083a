"""What a finding is: a condition of the scheme, a member, and the stages from proposal to review (R-150…R-160)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared import clock, period


class FindingState(StrEnum):
    """Where a finding stands."""

    PROPOSED = "proposed"
    HEARING = "hearing"
    """the member was told the facts and may reply"""
    REPLIED = "replied"
    """the member replied, or waived the reply"""
    DECIDED = "decided"
    """by the branch committee"""
    REVIEWED = "reviewed"
    """by the general branch"""
    WITHDRAWN = "withdrawn"


STATE_NAMES = {
    FindingState.PROPOSED: "已提出，未告知本人",
    FindingState.HEARING: "已告知，等待申辩",
    FindingState.REPLIED: "已申辩，等待认定",
    FindingState.DECIDED: "支委会已认定",
    FindingState.REVIEWED: "党总支已复核",
    FindingState.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True)
class Text:
    """Everything that people wrote about a finding; encrypted at rest, never told, logged or exported (2.10)."""

    facts: str
    evidence: str = ""
    reply: str = ""
    statement: str = ""
    review_statement: str = ""
    withdraw_reason: str = ""


@dataclass(frozen=True)
class Finding:
    """A finding without its texts."""

    tenant_id: UUID
    id: UUID
    person_id: UUID
    organization_id: UUID
    meeting_id: UUID | None
    condition: int
    sensitive: bool
    state: FindingState
    sealed: bytes
    scheme_id: UUID
    scheme_version: int
    proposed_by: UUID
    proposed_at: datetime
    heard_at: datetime | None = None
    reply_until_on: date | None = None
    replied_at: datetime | None = None
    waived: bool = False
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    participants: tuple[str, ...] = ()
    established: bool | None = None
    valid_from_on: date | None = None
    valid_until_on: date | None = None
    periods: tuple[str, ...] = ()
    """the quarters whose vote it holds for, whenever their meetings are held; besides the days, where there are any"""
    reviewed_by: UUID | None = None
    reviewed_at: datetime | None = None
    upheld: bool | None = None
    withdrawn_by: UUID | None = None
    withdrawn_at: datetime | None = None
    erase_on: date | None = None
    """from this day on the texts are erased"""
    erased_at: datetime | None = None

    @property
    def in_force(self) -> bool:
        """Say whether it was established and neither withdrawn nor set aside."""
        decided = self.state in {FindingState.DECIDED, FindingState.REVIEWED}
        return decided and self.established is True and self.upheld is not False

    def stands(self, day: date, quarter: str) -> bool:
        """Say whether it takes the member from the candidates of a quarter's vote that is judged on a day.

        A quarter that the branch named counts whenever its meeting is held (R-160); days count whatever the quarter.
        """
        return self.in_force and (quarter in self.periods or self._holds_on(day))

    def lifted_since(self, moment: datetime) -> bool:
        """Say whether it was withdrawn, or set aside on review, at a moment or later."""
        if self.withdrawn_at is not None and self.withdrawn_at >= moment:
            return True
        return self.upheld is False and self.reviewed_at is not None and self.reviewed_at >= moment

    def _holds_on(self, day: date) -> bool:
        if self.valid_from_on is None or self.valid_until_on is None:
            return False
        return self.valid_from_on <= day <= self.valid_until_on

    @property
    def ended_on(self) -> date | None:
        """Give the last day of the effect, or the day on which it was set aside; nothing while it is not concluded.

        A quarter's effect ends with the quarter, or on the day of a decision that came later.
        """
        if self.state is FindingState.WITHDRAWN and self.withdrawn_at:
            return clock.day_of(self.withdrawn_at)
        if self.upheld is False and self.reviewed_at:
            return clock.day_of(self.reviewed_at)
        if self.established is False and self.decided_at:
            return clock.day_of(self.decided_at)
        ends = [period.last_day(one) for one in self.periods]
        if ends and self.decided_at:
            ends.append(clock.day_of(self.decided_at))
        return max([*ends, *([self.valid_until_on] if self.valid_until_on else [])], default=None)

    @property
    def asked_until_on(self) -> date | None:
        """Give the last day on which the member is reminded of the way to a review, none where it has no end.

        The vote of a quarter is often held in the month after it, and the finding holds there all the same (R-160).
        """
        ends = [period.months_after(period.last_day(one), 1) for one in self.periods]
        return max([*ends, *([self.ended_on] if self.ended_on else [])], default=None)

    @property
    def state_name(self) -> str:
        """Give the state's Chinese name."""
        return STATE_NAMES[self.state]

    @property
    def told(self) -> bool:
        """Say whether the member was told, and so may read it."""
        return self.heard_at is not None
