"""What a seat keeps of a key ceremony."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """How far the ceremony has come for this seat."""

    RUNNING = "running"
    MADE = "made"
    FAILED = "failed"
    RETIRED = "retired"
    """its ballots are over, and the share is erased"""


class Step(StrEnum):
    """What is said in a ceremony; the key by ballot, everything else by each seat."""

    CERTIFICATE = "certificate"
    COEFEXPS = "coefexps"
    SHARE = "share"
    """what a seat dealt to this one"""
    VERIFICATION = "verification"
    KEY = "key"


BALLOT = 0
"""The number under which ballot speaks; it is no seat."""

Received = Mapping[Step, Mapping[int, str]]
"""What was said so far, by step and seat."""


@dataclass(frozen=True)
class Ceremony:
    """A ceremony; the secrets are encrypted texts."""

    tenant_id: UUID
    id: UUID
    period: str
    group_name: str
    threshold: int
    seats: list[int]
    state: State
    requested_at: datetime
    seed: bytes | None = None
    """of all the seat's secrets in this ceremony; forgotten at its end"""
    share: bytes | None = None
    """the seat's share of the key"""
    trustees: str | None = None
    fault: str = ""
    ended_at: datetime | None = None

    def place(self, seat: int) -> int:
        """Give a seat's number within the ceremony, from 1."""
        return sorted(self.seats).index(seat) + 1
