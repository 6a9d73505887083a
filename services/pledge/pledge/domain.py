"""What a pledge is: who promises, for which year, in which words; its versions and their items."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Form(StrEnum):
    """Who promises (R-017, R-033, R-190)."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    JOINT = "joint"
    STAFF = "staff"
    ORGANIZATION = "organization"


FORM_NAMES = {
    Form.INDIVIDUAL: "党员个人承诺",
    Form.GROUP: "党员集体承诺",
    Form.JOINT: "党员带领群众共同承诺",
    Form.STAFF: "党外干部职工承诺",
    Form.ORGANIZATION: "党组织承诺",
}


TOGETHER = {Form.GROUP, Form.JOINT}
"""Forms in which others are named."""


class Kind(StrEnum):
    """For a year, or for an occasion (R-030)."""

    ANNUAL = "annual"
    INSTANT = "instant"


KIND_NAMES = {Kind.ANNUAL: "年度承诺", Kind.INSTANT: "即时承诺"}


class Trigger(StrEnum):
    """What an instant pledge answers (R-032)."""

    STAGE = "stage"
    TASK = "task"
    EMERGENCY = "emergency"


TRIGGER_NAMES = {
    Trigger.STAGE: "阶段性重点工作",
    Trigger.TASK: "临时性任务",
    Trigger.EMERGENCY: "突发性事件",
}


class PledgeState(StrEnum):
    """Whether a pledge still binds."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    """taken back before it was published"""
    CLOSED = "closed"
    """appraised, or its pledger left"""


class VersionState(StrEnum):
    """How far a text of a pledge has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PASSED_ONCE = "passed_once"
    """passed by the first of two reviewers"""
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    """a newer version is published"""
    WITHDRAWN = "withdrawn"


VERSION_NAMES = {
    VersionState.DRAFT: "草稿",
    VersionState.SUBMITTED: "待审诺",
    VersionState.PASSED_ONCE: "待上一级审诺",
    VersionState.RETURNED: "已退回，请修改",
    VersionState.APPROVED: "审诺通过，待公示",
    VersionState.PUBLISHED: "已公示",
    VersionState.SUPERSEDED: "已由新版本代替",
    VersionState.WITHDRAWN: "已撤回",
}
IN_REVIEW = {VersionState.SUBMITTED, VersionState.PASSED_ONCE}
IN_WORK = {VersionState.DRAFT, VersionState.RETURNED, VersionState.APPROVED} | IN_REVIEW


TAGS = ("窗口", "品牌", "服务水平")
"""What 三亮三比三评 asks to pledge about (R-047); suggested, and the ledger is filtered by them."""


@dataclass(frozen=True)
class Item:
    """One matter that is promised (R-034, R-035); `item_id` stays from version to version."""

    item_id: UUID
    content: str
    measure: str = ""
    due_on: date | None = None
    responsible: str = ""
    beneficiaries: str = ""
    aspect: str = ""
    origin: str = ""
    tags: list[str] = field(default_factory=list)
    linked_item_id: UUID | None = None
    """the item of the organisation's pledge that it serves (R-046)"""


def due_day(written: date | None, year: int) -> date:
    """Give the day by which a matter is due: as it is written, else the last of the pledge's year (R-041)."""
    return written or date(year, 12, 31)


@dataclass(frozen=True)
class Consultation:
    """How an organisation asked the masses before it promised (R-040)."""

    method: str
    dates: str
    number: int
    opinions: str
    use: str


@dataclass(frozen=True)
class Author:
    """Who promises with the pledger: a member by id, others by name or as a number of people (R-033)."""

    name: str
    person_id: UUID | None = None
    headcount: int = 1
    declined: bool = False
    """said that it is a mistake; counts nowhere"""

    @property
    def label(self) -> str:
        """Name the author, or the people with their number."""
        return f"{self.name}{self.headcount}人" if self.headcount > 1 else self.name


@dataclass(frozen=True)
class Oral:
    """A pledge that was spoken: who wrote it down, when, where, before whom (R-012)."""

    recorded_by: str
    recorded_on: date
    recorded_place: str = ""
    witness: str = ""


@dataclass(frozen=True)
class Version:
    """A text of a pledge with its items."""

    number: int
    state: VersionState
    headline: str
    made_by: UUID
    made_at: datetime
    items: list[Item] = field(default_factory=list)
    ability: str = ""
    duty: str = ""
    goals: str = ""
    consultation: Consultation | None = None
    reason: str = ""
    """why it replaces the one before"""
    submitted_at: datetime | None = None
    published_at: datetime | None = None
    authors: list[Author] = field(default_factory=list)
    """as they were named, also who declined"""

    @property
    def companions(self) -> list[Author]:
        """Give who promises together, without who declined."""
        return [one for one in self.authors if not one.declined]


@dataclass(frozen=True)
class Pledge:
    """A pledge without its texts."""

    tenant_id: UUID
    id: UUID
    organization_id: UUID
    form: Form
    kind: Kind
    year: int
    trigger: Trigger | None
    trigger_text: str
    person_id: UUID | None
    community: str
    oral: bool
    recorded_by: str
    recorded_on: date | None
    recorded_place: str
    witness: str
    state: PledgeState
    scheme_id: UUID
    scheme_version: int
    version: int
    published_version: int | None
    entered_by: UUID
    entry_reason: str
    made_at: datetime
    submitted_at: datetime | None = None
    late: bool = False
    closed_at: datetime | None = None

    @property
    def by_another(self) -> bool:
        """Say whether somebody else entered it for the pledger."""
        return self.person_id is not None and self.entered_by != self.person_id
