"""What an award is once it has been verified, and where it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """Where an award stands."""

    FILED = "filed"
    """a line of a filing that is not acknowledged yet"""
    POSTED = "posted"
    PUBLISHED = "published"
    STOPPED = "stopped"
    """never published: withdrawn from the filing, or an objection was upheld; nobody moves up"""
    REVOKED = "revoked"
    """was published and taken back"""


STATE_NAMES = {
    State.FILED: "备案中",
    State.POSTED: "公示中",
    State.PUBLISHED: "已公布",
    State.STOPPED: "不予公布",
    State.REVOKED: "已撤销",
}


class Cause(StrEnum):
    """Why an award ended."""

    OBJECTION = "objection"
    WITHDRAWN = "withdrawn"
    ANNULLED = "annulled"
    """the ballot was annulled after the count"""
    REVOKED = "revoked"


@dataclass(frozen=True)
class Award:
    """An award; its name, identity and deed are as they were verified, or corrected in the filing."""

    tenant_id: UUID
    id: UUID
    filing_id: UUID
    ballot_id: UUID
    meeting_id: UUID
    organization_id: UUID
    person_id: UUID
    name: str
    stroke_key: str
    identity: str
    ordinary: bool
    deed: str
    period: str
    star_title: str
    scheme_id: UUID
    scheme_version: int
    state: State
    notice_id: UUID | None
    received_at: datetime
    published_on: date | None
    ended_on: date | None
    cause: Cause | None
    reason: bytes | None
    """encrypted"""
