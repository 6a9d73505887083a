"""Measures on a pledge, as decisions of people, and the texts that belong to them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """The rungs of the ladder; which of them there are, and in which order, says the scheme (C8)."""

    HELP = "help"
    CRITICISM = "criticism"
    RECTIFY = "rectify"
    ANNOUNCE = "announce"


KIND_NAMES = {
    Kind.HELP: "提醒和帮助",
    Kind.CRITICISM: "通报批评",
    Kind.RECTIFY: "责令限期整改",
    Kind.ANNOUNCE: "向党员群众通报",
}


class MeasureState(StrEnum):
    """How far a measure has come; help is decided at once."""

    PROPOSED = "proposed"
    """told, and the reply awaited"""
    HEARD = "heard"
    DECIDED = "decided"
    ACCEPTED = "accepted"
    FAILED = "failed"
    DROPPED = "dropped"


STATE_NAMES = {
    MeasureState.PROPOSED: "听取本人意见",
    MeasureState.HEARD: "已听取意见，待决定",
    MeasureState.DECIDED: "已决定",
    MeasureState.ACCEPTED: "整改验收合格",
    MeasureState.FAILED: "整改验收不合格",
    MeasureState.DROPPED: "不再采取",
}
TAKEN = {MeasureState.DECIDED, MeasureState.ACCEPTED, MeasureState.FAILED}


@dataclass(frozen=True)
class Text:
    """What people wrote; it is kept encrypted."""

    grounds: str
    """事由"""
    content: str = ""
    """who helps how; what is to be put right; to whom it is announced"""
    reply: str = ""
    entry_reason: str = ""
    """from where another than who is concerned has the reply"""
    decision: str = ""
    result: str = ""
    """of the 验收, or why it was dropped"""


@dataclass(frozen=True)
class Measure:
    """A measure on a pledge or one of its matters."""

    tenant_id: UUID
    id: UUID
    pledge_id: UUID
    item_id: UUID | None
    organization_id: UUID
    person_id: UUID | None
    kind: Kind
    state: MeasureState
    sealed: bytes
    skip_reason: str
    """why a rung before it was left out"""
    proposed_by: UUID
    proposed_at: datetime
    reply_by_on: date | None = None
    heard_by: UUID | None = None
    heard_at: datetime | None = None
    waived: bool = False
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    decided_on: date | None = None
    due_on: date | None = None
    """until when it is to be put right"""
    accepted_by: UUID | None = None
    accepted_on: date | None = None
    announcement: str = ""
    """the words decided for all of the organisation, in the clear"""


@dataclass(frozen=True)
class Announcement:
    """What was announced in an organisation (向党员群众通报)."""

    organization_id: UUID
    organization: str
    announced_on: date
    words: str
