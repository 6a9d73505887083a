"""What a seat knows of a ballot, what it finds in the archive, and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """What a seat has said about a ballot."""

    WATCHING = "watching"
    ANSWERED = "answered"
    DECLINED = "declined"


@dataclass(frozen=True)
class Watch:
    """A ballot as this seat knows it, from three sides: evaluation's call, ballot's request, the public archive."""

    tenant_id: UUID
    ballot_id: UUID
    state: State
    electronic: bool | None = None
    """none while the call has not been heard"""
    credentials_hash: str | None = None
    names: list[str] | None = None
    choices: int | None = None
    secrecy_minimum: int | None = None
    questions: list[list[str]] | None = None
    """of a grading: the grades of each question"""
    opened: bool = False
    annulled: bool = False
    ceremony_id: UUID | None = None
    uuid: str | None = None
    head: str | None = None
    """hash of the event that seals the tally, as ballot's request names it"""
    faults: tuple[str, ...] | list[str] = ()
    progress: bytes | None = None
    reached: int = 0
    due_at: datetime | None = None

    @property
    def requested(self) -> bool:
        """Say whether ballot has asked for the sum."""
        return self.head is not None


@dataclass(frozen=True)
class Holding:
    """A key of which this seat holds a share, still encrypted."""

    trustees: str
    owner: int
    share: bytes


@dataclass(frozen=True)
class Errand:
    """One look at a ballot's archive: what is known before it."""

    watch: Watch
    holding: Holding | None


@dataclass(frozen=True)
class Answer:
    """A sum that was decrypted, kept for ever."""

    head: str
    tally_hash: str
    owner: int
    partial_decryption: str


@dataclass(frozen=True)
class Found:
    """What one look brought: how far the archive is right now, and the faults or the answer if there are any."""

    watch: Watch
    progress: bytes | None
    reached: int
    more: bool = False
    """whether the archive goes on and was left for the next look"""
    faults: tuple[str, ...] = ()
    answer: Answer | None = None
