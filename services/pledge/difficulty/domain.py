"""Difficulties that pledgers report, and the answers of the branch or the 党总支 (R-080)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class DifficultyState(StrEnum):
    """What has become of it; an answer's outcome is one of the last three."""

    REPORTED = "reported"
    ANSWERED = "answered"
    PASSED_UP = "passed_up"
    """the branch asks the 党总支"""
    SOLVED = "solved"


STATE_NAMES = {
    DifficultyState.REPORTED: "待答复",
    DifficultyState.ANSWERED: "已答复，帮助中",
    DifficultyState.PASSED_UP: "已报请上级帮助",
    DifficultyState.SOLVED: "已解决",
}
OUTCOMES = (DifficultyState.ANSWERED, DifficultyState.PASSED_UP, DifficultyState.SOLVED)


@dataclass(frozen=True)
class Answer:
    """What was answered, and who helps how."""

    position: int
    sealed: bytes
    outcome: DifficultyState
    answered_by: UUID
    answered_at: datetime


@dataclass(frozen=True)
class Difficulty:
    """A difficulty, its text encrypted."""

    tenant_id: UUID
    id: UUID
    pledge_id: UUID
    item_id: UUID | None
    organization_id: UUID
    person_id: UUID | None
    sealed: bytes
    state: DifficultyState
    reported_by: UUID
    reported_at: datetime
    entry_reason: str = ""


@dataclass(frozen=True)
class Opened:
    """A difficulty with its texts, for who may read it."""

    difficulty: Difficulty
    text: str
    answers: list[tuple[Answer, str]] = field(default_factory=list)
