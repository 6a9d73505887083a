"""What a ballot is: the call, its candidates, its states, the numbers that are announced."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """How far the ceremony has come."""

    CALLED = "called"
    OPEN = "open"
    CLOSED = "closed"
    ENTERED = "entered"
    COUNTED = "counted"
    ANNULLED = "annulled"


STATE_NAMES = {
    State.CALLED: "等待清点人数",
    State.OPEN: "正在投票",
    State.CLOSED: "已收回，等待计票",
    State.ENTERED: "已计票，等待复核",
    State.COUNTED: "计票完成",
    State.ANNULLED: "已作废",
}


class Annulment(StrEnum):
    """Why a ballot is void."""

    RETURNED_EXCEEDS_ISSUED = "returned_exceeds_issued"
    DECISION = "decision"


CALL_NAMES = {
    "first": "首次投票",
    "tie": "对得票相同者再次投票",
    "void": "投票无效后重新投票",
    "annulled": "投票作废后重新投票",
}


@dataclass(frozen=True)
class Ballot:
    """A ballot of one branch. `expected` is 实到会 as the meeting told it, `present` as the tellers counted it."""

    tenant_id: UUID
    id: UUID
    follows_id: UUID | None
    call_reason: str
    meeting_id: UUID
    organization_id: UUID
    title: str
    period: str
    channel: str
    places: int
    choices: int
    """how many names a paper may bear: the places, or fewer where there are fewer candidates"""
    calculation: str
    entitled: int
    expected: int
    tellers: list[UUID]
    scheme_id: UUID
    scheme_version: int
    state: State
    called_at: datetime
    present: int | None = None
    issued: int | None = None
    returned: int | None = None
    explanation: str = ""
    valid: int | None = None
    invalid: int | None = None
    abstained: int | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    counted_at: datetime | None = None
    annulled_at: datetime | None = None
    annulled_by: UUID | None = None
    annulment: str = ""
    statement: str = ""

    @property
    def announcement(self) -> str:
        """Give the sentence that the teller reads aloud; empty before the count stands (requirements 2.3)."""
        if self.counted_at is None:
            return ""
        return (
            f"应到会{self.entitled}人，实到会{self.present}人，发出选票{self.issued}张，收回{self.returned}张，"
            f"有效{self.valid}张，无效{self.invalid}张，弃权{self.abstained}张。"
        )


@dataclass(frozen=True)
class Candidate:
    """A name on the ballot; `votes` once the count stands."""

    person_id: UUID
    name: str
    note: str
    votes: int | None = None
