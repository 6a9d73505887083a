"""What a ballot is: the call, its candidates, its states, the numbers that are announced."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """How far the ceremony has come."""

    CALLED = "called"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    ENTERED = "entered"
    TALLYING = "tallying"
    COUNTED = "counted"
    ANNULLED = "annulled"


STATE_NAMES = {
    State.CALLED: "等待清点人数",
    State.OPEN: "正在投票",
    State.CLOSING: "投票结束，正在核验电子选票",
    State.CLOSED: "已收回，等待计票",
    State.ENTERED: "已计票，等待复核",
    State.TALLYING: "电子选票正在解密计票",
    State.COUNTED: "计票完成",
    State.ANNULLED: "已作废",
}


class Channel(StrEnum):
    """On what votes are cast."""

    PAPER = "paper"
    ELECTRONIC = "electronic"
    MIXED = "mixed"


CHANNEL_NAMES = {
    Channel.PAPER: "纸质选票，无记名",
    Channel.ELECTRONIC: "电子投票，无记名",
    Channel.MIXED: "电子投票与纸质选票并用，无记名",
}


class Purpose(StrEnum):
    """What a ballot is for."""

    ELECTION = "election"
    GRADING = "grading"
    """members give grades to one another's pledges (电子测评)"""


class Annulment(StrEnum):
    """Why a ballot is void."""

    RETURNED_EXCEEDS_ISSUED = "returned_exceeds_issued"
    TOO_FEW_BALLOTS = "too_few_ballots"
    DECISION = "decision"


CALL_NAMES = {
    "first": "首次投票",
    "tie": "对得票相同者再次投票",
    "second": "名额未取足，另行选举",
    "void": "投票无效后重新投票",
    "annulled": "投票作废后重新投票",
    "grading": "党员互评，电子测评",
}


@dataclass(frozen=True)
class Ballot:
    """A ballot of one branch. `expected` is 实到会 as the meeting told it, `present` as the tellers counted it.

    `issued`, `returned`, `valid`, `invalid`, `abstained` are papers; `electronic`, `tallied`, `blank` are not.
    """

    tenant_id: UUID
    id: UUID
    follows_id: UUID | None
    call_reason: str
    meeting_id: UUID | None
    """of an election"""
    organization_id: UUID
    title: str
    period: str
    channel: Channel
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
    purpose: Purpose = Purpose.ELECTION
    assessment_id: UUID | None = None
    """of a grading"""
    electronic: int = 0
    """how many hold a credential"""
    paper_electors: int = 0
    """how many are to vote on paper beside them"""
    secrecy_minimum: int = 0
    """fewer electronic ballots than this are never decrypted"""
    closes_at: datetime | None = None
    tallied: int | None = None
    """of how many electors a ballot is in the sealed box"""
    blank: int | None = None
    """how many of these name nobody"""
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
    def is_grading(self) -> bool:
        """Say whether members give grades on it, and elect nobody."""
        return self.purpose is Purpose.GRADING

    @property
    def most_papers(self) -> int:
        """Give how many may need a paper: all but those who hold a credential."""
        return max(self.entitled - self.electronic, 0)

    def is_split_safe(self, least: int) -> bool:
        """Say whether the totals of each channel by itself may be known: neither is a handful (requirements 5.1)."""
        parts = [self.tallied or 0] if self.electronic else []
        if self.issued or not self.electronic:
            parts.append(self.valid or 0)
        return min(parts) >= least

    @property
    def announcement(self) -> str:
        """Give the sentence that the teller reads aloud; empty before the count stands (requirements 2.3).

        Of two channels it says the sums only: either may be a handful, or one late paper.
        """
        if self.counted_at is None:
            return ""
        if self.is_grading:
            return f"应参加测评{self.electronic}人，收回测评表{self.tallied}份。"
        begin = f"应到会{self.entitled}人，实到会{self.present}人，"
        if not self.electronic:
            return begin + self.total.said
        # Where the scheme lets the absent vote by phone there may be more of these than came.
        begin += "电子投票" if self.electronic > (self.present or 0) else "其中电子投票"
        if not self.issued:
            return f"{begin}{self.electronic}人；电子选票{self.total.said.replace('发出选票', '发出')}"
        return f"{begin}{self.electronic}人；电子选票与纸质选票合计{self.total.said}"

    @property
    def split(self) -> str:
        """Give what of the count came through which channel, for those who may know; empty where there is but one.

        Beside a single paper this sentence says how it was filled in, so it is never part of the announcement.
        """
        if self.counted_at is None or not (self.electronic and self.issued):
            return ""
        return (
            f"其中电子选票发出{self.electronic}张，收回{self.tallied}张，弃权{self.blank}张；纸质选票"
            f"发出{self.issued}张，收回{self.returned}张，有效{self.valid}张，无效{self.invalid}张，弃权{self.abstained}张。"
        )

    @property
    def total(self) -> "Numbers":
        """Add both channels up: what `ballot.counted` tells. Only of a ballot that is counted."""
        tallied = self.tallied or 0
        return Numbers(
            issued=self.electronic + (self.issued or 0),
            returned=tallied + (self.returned or 0),
            valid=tallied + (self.valid or 0),
            invalid=self.invalid or 0,
            abstained=(self.blank or 0) + (self.abstained or 0),
        )


@dataclass(frozen=True)
class Numbers:
    """The numbers of a count, of both channels together; an electronic ballot is never invalid."""

    issued: int
    returned: int
    valid: int
    invalid: int
    abstained: int

    @property
    def said(self) -> str:
        """Say them in one breath."""
        return (
            f"发出选票{self.issued}张，收回{self.returned}张，"
            f"有效{self.valid}张，无效{self.invalid}张，弃权{self.abstained}张。"
        )


@dataclass(frozen=True)
class Candidate:
    """A name on the ballot; `votes` once the count stands."""

    person_id: UUID
    name: str
    note: str
    votes: int | None = None
    electronic_votes: int | None = None
    """how many of these came through the electronic channel"""

    @property
    def answer(self) -> str:
        """Give the candidate as the question of an electronic ballot names it."""
        return f"{self.name}（{self.note}）" if self.note else self.name
