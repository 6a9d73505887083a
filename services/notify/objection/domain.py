"""What an objection is; everything that people wrote in it is encrypted."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Channel(StrEnum):
    """How it came."""

    PAGE = "page"
    PAPER = "paper"


CHANNEL_NAMES = {Channel.PAGE: "网上提出", Channel.PAPER: "书面提出"}


class State(StrEnum):
    """Where an objection stands."""

    RAISED = "raised"
    HEARD = "heard"
    """the award's winner was heard"""
    UPHELD = "upheld"
    DISMISSED = "dismissed"


STATE_NAMES = {
    State.RAISED: "待核实",
    State.HEARD: "已听取意见",
    State.UPHELD: "异议成立",
    State.DISMISSED: "异议不成立",
}
UNDECIDED = {State.RAISED, State.HEARD}


@dataclass(frozen=True)
class Objection:
    """An objection to one award of a notice."""

    tenant_id: UUID
    id: UUID
    notice_id: UUID
    award_id: UUID
    organization_id: UUID
    channel: Channel
    signed: bool
    text: bytes
    name: bytes | None
    contact: bytes | None
    receipt: bytes
    raised_at: datetime
    received_on: date | None
    """the day on which paper lay there, whenever it was entered"""
    entered_by: UUID | None
    state: State = State.RAISED
    hearing: bytes | None = None
    heard_by: UUID | None = None
    heard_at: datetime | None = None
    statement: bytes | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Brief:
    """An objection in a list: nothing of what people wrote."""

    id: UUID
    notice_id: UUID
    award_id: UUID
    organization_id: UUID
    award_name: str
    organization: str
    published: bool
    """whether the award was published before this was entered: upheld, it is revoked"""
    channel: Channel
    signed: bool
    state: State
    raised_at: datetime
    received_on: date | None
