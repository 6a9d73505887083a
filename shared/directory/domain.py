"""Organisations, people and positions as all services know them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """Kinds of organisation (R-001, R-002, R-003)."""

    SUPERIOR = "superior"
    """外部上级 such as 省委教育工委"""
    COMMITTEE = "committee"
    """党委、党工委、党组"""
    GENERAL_BRANCH = "general_branch"
    """党总支"""
    DIRECT_BRANCH = "direct_branch"
    """直属党支部: meets like a branch, files like a general branch"""
    BRANCH = "branch"
    """党支部"""
    GROUP = "group"
    """党小组"""


MEETS = {Kind.BRANCH, Kind.DIRECT_BRANCH}
"""Kinds that hold the quarterly meeting and vote."""
FILES = {Kind.GENERAL_BRANCH, Kind.DIRECT_BRANCH}
"""Kinds that file with the 党委组织部 (R-170)."""

KIND_NAMES = {
    Kind.SUPERIOR: "上级组织",
    Kind.COMMITTEE: "党委",
    Kind.GENERAL_BRANCH: "党总支",
    Kind.DIRECT_BRANCH: "直属党支部",
    Kind.BRANCH: "党支部",
    Kind.GROUP: "党小组",
}


class Standing(StrEnum):
    """What a person is to the Party (R-017, R-018, requirements 2.1)."""

    FORMAL = "formal"
    PROBATIONARY = "probationary"
    ACTIVIST = "activist"
    NONPARTY = "nonparty"


STANDING_NAMES = {
    Standing.FORMAL: "正式党员",
    Standing.PROBATIONARY: "预备党员",
    Standing.ACTIVIST: "入党积极分子",
    Standing.NONPARTY: "党外干部职工",
}
PARTY = {Standing.FORMAL, Standing.PROBATIONARY}


UNIT_TYPES = ("教学", "科研", "机关", "后勤", "学生", "离退休", "其他")
"""Kinds of unit, which choose the focus texts (R-006)."""
OTHER_UNIT = "其他"


class Identity(StrEnum):
    """The member's category (R-004)."""

    LEADER = "leader"
    STAFF = "staff"
    STUDENT = "student"
    RETIRED = "retired"


IDENTITY_NAMES = {
    Identity.LEADER: "领导干部",
    Identity.STAFF: "在岗教职工",
    Identity.STUDENT: "学生",
    Identity.RETIRED: "离退休",
}


class Role(StrEnum):
    """Positions held in an organisation and a period; the first four are not held but follow from the person."""

    ANYONE = "anyone"
    """whoever is signed in"""
    MEMBER = "member"
    """正式或预备党员 of the organisation"""
    ACTIVIST = "activist"
    STAFF = "staff"
    """党外干部职工"""
    SECRETARY = "secretary"
    """党支部、直属党支部书记"""
    DEPUTY_SECRETARY = "deputy_secretary"
    COMMITTEE_MEMBER = "committee_member"
    """支部委员, 组织委员"""
    GENERAL_BRANCH_SECRETARY = "general_branch_secretary"
    GENERAL_BRANCH_CLERK = "general_branch_clerk"
    """党总支秘书、组织员"""
    ORGANIZATION_DEPARTMENT = "organization_department"
    """党委组织部, held at the 党委"""
    DISCIPLINE_OFFICER = "discipline_officer"
    """纪检干部"""
    PROVINCE = "province"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.ANYONE: "登录用户",
    Role.MEMBER: "党员",
    Role.ACTIVIST: "入党积极分子",
    Role.STAFF: "党外干部职工",
    Role.SECRETARY: "党支部书记",
    Role.DEPUTY_SECRETARY: "党支部副书记",
    Role.COMMITTEE_MEMBER: "支部委员",
    Role.GENERAL_BRANCH_SECRETARY: "党总支书记",
    Role.GENERAL_BRANCH_CLERK: "党总支秘书",
    Role.ORGANIZATION_DEPARTMENT: "党委组织部",
    Role.DISCIPLINE_OFFICER: "纪检干部",
    Role.PROVINCE: "省委教育工委",
    Role.ADMINISTRATOR: "系统管理员",
}
HELD = tuple(role for role in Role if role not in {Role.ANYONE, Role.MEMBER, Role.ACTIVIST, Role.STAFF})
"""Roles that a position can name."""


@dataclass(frozen=True)
class Organization:
    """An organisation in the tree."""

    tenant_id: UUID
    id: UUID
    version: int
    parent_id: UUID | None
    kind: Kind
    name: str
    code: str
    path: str
    unit_type: str | None
    phone: str
    address: str
    active: bool

    def contains(self, path: str) -> bool:
        """Say whether a path is this organisation's own or below it."""
        return path.startswith(self.path)


@dataclass(frozen=True)
class Person:
    """A person of one organisation."""

    tenant_id: UUID
    id: UUID
    version: int
    organization_id: UUID
    number: str
    name: str
    stroke_key: str
    standing: Standing
    identity: Identity
    leader: bool
    division_rank: bool
    floating: bool
    last_contact_on: date | None
    exempt: bool
    counted: bool
    email: str
    active: bool
    session_epoch: int

    @property
    def is_member(self) -> bool:
        """Say whether the person is an active Party member, full or probationary."""
        return self.active and self.standing in PARTY


@dataclass(frozen=True)
class Position:
    """A role that a person holds in an organisation from a day to a day."""

    tenant_id: UUID
    id: UUID
    version: int
    person_id: UUID
    organization_id: UUID
    role: Role
    starts_on: date
    ends_on: date | None
