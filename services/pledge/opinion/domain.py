"""What an opinion is; everything that people wrote in it is encrypted."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Channel(StrEnum):
    """How it came."""

    PAGE = "page"
    BOX = "box"
    """out of the 意见箱, typed in by a clerk"""


CHANNEL_NAMES = {Channel.PAGE: "网上提出", Channel.BOX: "意见箱"}


@dataclass(frozen=True)
class Opinion:
    """An opinion on a pledge, or on an organisation's pledges as a whole."""

    tenant_id: UUID
    id: UUID
    organization_id: UUID
    pledge_id: UUID | None
    channel: Channel
    signed: bool
    text: bytes
    name: bytes | None
    contact: bytes | None
    receipt: bytes
    received_on: date
    given_at: datetime
    entered_by: UUID | None
    answer: bytes | None = None
    answered_by: UUID | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Said:
    """What somebody says; without a name it is unsigned."""

    text: str
    pledge_id: UUID | None = None
    organization_id: UUID | None = None
    name: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Listed:
    """An opinion in a list: nothing of what people wrote."""

    id: UUID
    organization_id: UUID
    organization: str
    pledge_id: UUID | None
    whose: str
    """the pledger's name, or the organisation's"""
    channel: Channel
    signed: bool
    received_on: date
    answered_at: datetime | None
    total: int
    """how many there are in all, with those that are not listed"""

    @property
    def about(self) -> str:
        """Say what it is about."""
        return f"{self.whose}的承诺"
