"""What an occasion of 评诺 is, and what may be asked on its forms."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class AssessmentKind(StrEnum):
    """Why pledges are appraised now."""

    YEARLY = "yearly"
    INSTANT = "instant"
    EXTRA = "extra"
    """at any time; does not end a pledge (R-103)"""


ASSESSMENT_NAMES = {
    AssessmentKind.YEARLY: "年度评诺",
    AssessmentKind.INSTANT: "即时承诺一事一评",
    AssessmentKind.EXTRA: "专项评议",
}


class Source(StrEnum):
    """Who says something of a pledge (R-090, R-092)."""

    SELF = "self"
    PEER = "peer"
    ORGANIZATION = "organization"
    LEADER = "leader"
    MASS = "mass"


SOURCE_NAMES = {
    Source.SELF: "个人自评",
    Source.PEER: "党员互评",
    Source.ORGANIZATION: "党组织考评",
    Source.LEADER: "领导点评",
    Source.MASS: "群众测评",
}
FORMS = (Source.PEER, Source.MASS)
COMMENTS = (Source.ORGANIZATION, Source.LEADER)
SCOPE_NAMES = {"none": "不公示", "branch": "本支部", "school": "学校", "public": "社会"}


@dataclass(frozen=True)
class Instant:
    """An instant pledge that can be appraised by itself (R-093)."""

    pledge_id: UUID
    organization_id: UUID
    organization: str
    year: int
    name: str
    words: str


@dataclass(frozen=True)
class Assessment:
    """An occasion; the scheme stays the one under which it was opened."""

    tenant_id: UUID
    id: UUID
    organization_id: UUID
    kind: AssessmentKind
    year: int
    title: str
    scheme_id: UUID
    scheme_version: int
    invited: int
    closes_on: date | None
    """until when forms are asked for; a day that warns"""
    opened_by: UUID
    opened_at: datetime
    forms_closed_by: UUID | None = None
    forms_closed_at: datetime | None = None
    published_scope: str | None = None
    published_by: UUID | None = None
    published_at: datetime | None = None
    coded: bool = False
    """the form of the masses asks for the code of a printed slip"""

    @property
    def forms_open(self) -> bool:
        """Say whether forms are still taken."""
        return self.forms_closed_at is None

    @property
    def closing(self) -> bool:
        """Say whether its appraisals end the pledges."""
        return self.kind is not AssessmentKind.EXTRA
