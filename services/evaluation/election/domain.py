"""What an election is: a ballot that a branch called, what was counted, and how the count was read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class ElectionState(StrEnum):
    """Where a called ballot stands; it only moves forward, and an annulled one stays annulled."""

    CALLED = "called"
    OPENED = "opened"
    CLOSED = "closed"
    COUNTED = "counted"
    ANNULLED = "annulled"


ORDER = tuple(ElectionState)
STATE_NAMES = {
    ElectionState.CALLED: "已发起",
    ElectionState.OPENED: "正在投票",
    ElectionState.CLOSED: "已收回，等待计票",
    ElectionState.COUNTED: "已计票",
    ElectionState.ANNULLED: "已作废",
}
REASON_NAMES = {
    "first": "首次投票",
    "tie": "得票相同，再次投票",
    "second": "名额未取足，另行选举",
    "void": "选举无效，重新投票",
    "annulled": "作废后重新投票",
}


@dataclass(frozen=True)
class Standing:
    """A name on the ballot as it was when the ballot was called."""

    person_id: UUID
    name: str
    note: str
    leader: bool


@dataclass(frozen=True)
class Election:
    """A ballot that a branch called."""

    tenant_id: UUID
    id: UUID
    meeting_id: UUID
    organization_id: UUID
    period: str
    follows_id: UUID | None
    reason: str
    title: str
    channel: str
    state: ElectionState
    candidates: list[dict[str, Any]]
    places: int
    base: int
    calculation: str
    leader_places: int | None
    again: bool
    """a vote among those who tied"""
    entitled: int
    present: int
    tellers: list[UUID]
    declined: list[UUID]
    exceptions_reason: str
    scheme_id: UUID
    scheme_version: int
    called_by: UUID | None
    called_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    counted_at: datetime | None = None
    annulled_at: datetime | None = None
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    abstained: int | None = None
    annul_reason: str | None = None
    annul_statement: str = ""
    outcome: dict[str, Any] | None = None
    second: bool = False
    """a second round, for places that too few passed for; who ties in it is voted on `again`"""

    @property
    def completes(self) -> bool:
        """Say whether it fills places of an earlier count, and falls with it."""
        return self.again or self.second

    @property
    def mark(self) -> str:
        """Give what its title and its steps add, where it is not the first vote on its places."""
        return "（再次投票）" if self.again else "（另行选举）" if self.second else ""

    @property
    def short(self) -> int:
        """Say for how many places too few passed, as long as the branch has not dealt with them."""
        return int((self.outcome or {}).get("short", 0))

    @property
    def empty(self) -> int:
        """Say how many places its count leaves empty, without those that a later vote is to fill."""
        return int((self.outcome or {}).get("empty", 0))

    @property
    def below(self) -> list[UUID]:
        """Give who did not pass, where a place was left for that."""
        return [UUID(one) for one in (self.outcome or {}).get("below", [])]

    @property
    def remedy(self) -> dict[str, Any] | None:
        """Give what the branch did about places that too few passed for: kind, note, by whom and when."""
        return (self.outcome or {}).get("remedy")

    @property
    def remedied(self) -> tuple[UUID, datetime] | None:
        """Give who dealt with places that too few passed for, and when."""
        remedy = self.remedy
        return (UUID(remedy["by"]), datetime.fromisoformat(remedy["at"])) if remedy else None

    @property
    def tied(self) -> bool:
        """Say whether its count led to a re-vote among the tied."""
        return bool((self.outcome or {}).get("tied"))

    @property
    def stands(self) -> bool:
        """Say whether a count was read and is not void."""
        return self.counted_at is not None and self.annulled_at is None

    @property
    def label(self) -> str:
        """Say which vote of its meeting it is, and whether it is void."""
        void = f"（{STATE_NAMES[self.state]}）" if self.state is ElectionState.ANNULLED else ""
        return f"{REASON_NAMES[self.reason]}{void}"

    @property
    def tally(self) -> str:
        """Write the sentence of the count, as it is announced (requirements 2.3); empty before the count."""
        if self.valid is None:
            return ""
        return (
            f"应到会{self.entitled}人，实到会{self.present}人，发出选票{self.issued}张，"
            f"收回{self.returned}张，有效{self.valid}张，无效{self.invalid}张，"
            f"弃权{self.abstained}张"
        )

    @property
    def elected(self) -> list[str]:
        """Give the names of the winners in the order of the call."""
        return [one.name for one in self.seated]

    @property
    def seated(self) -> list[Standing]:
        """Give the winners in the order of the call."""
        won = set((self.outcome or {}).get("winners", []))
        return [one for one in self.standing() if str(one.person_id) in won]

    def standing(self) -> list[Standing]:
        """Give the candidates in the order of the call, which is 姓氏笔画 order."""
        return [
            Standing(UUID(row["person_id"]), row["name"], row["note"], bool(row["leader"])) for row in self.candidates
        ]


@dataclass(frozen=True)
class Outcome:
    """How a count is read: who is elected, who is tied, how many places stay empty, and by which rules."""

    winners: tuple[UUID, ...]
    tied: tuple[UUID, ...] = ()
    """to be voted on again"""
    tied_places: int = 0
    tied_leader_places: int | None = None
    empty: int = 0
    notes: tuple[str, ...] = ()
    short: int = 0
    """of the empty places those for which too few passed, not those that a tie left"""
    below: tuple[UUID, ...] = ()
    """who did not pass, where places are short"""
