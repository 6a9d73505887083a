"""What the record of a publication is: a channel, a day, a place or address, for whom, and what proves it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Scope(StrEnum):
    """For whom a pledge is shown, the narrowest first (R-058)."""

    BRANCH = "branch"
    SCHOOL = "school"
    PUBLIC = "public"


SCOPE_NAMES = {Scope.BRANCH: "本支部", Scope.SCHOOL: "学校", Scope.PUBLIC: "社会"}
WIDTHS = list(Scope)
SHOWINGS = ("展示板", "电子显示屏", "承诺名片", "承诺桌牌", "岗位牌")
"""What R-061 adds to every scheme's own channels."""


@dataclass(frozen=True)
class Said:
    """A publication as it comes in."""

    channel: str
    scope: Scope
    published_on: date
    place: str
    evidence: str = ""


@dataclass(frozen=True)
class Record:
    """A publication as it is kept."""

    tenant_id: UUID
    id: UUID
    pledge_id: UUID
    version: int
    channel: str
    scope: Scope
    published_on: date
    place: str
    evidence: str
    recorded_by: UUID
    recorded_at: datetime
    struck_by: UUID | None = None
    struck_at: datetime | None = None
    struck_reason: str = ""
    """why it is wrong; a struck record counts no more"""
