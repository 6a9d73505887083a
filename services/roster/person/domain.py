"""What roster knows of a person beyond what all services know; contacts with who is away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.roster.person.days import Precision
from shared.directory.domain import Person


class Gender(StrEnum):
    """As the roster writes it; it may be left open."""

    OPEN = ""
    MALE = "male"
    FEMALE = "female"


GENDER_NAMES: Mapping[Gender, str] = {Gender.OPEN: "", Gender.MALE: "男", Gender.FEMALE: "女"}


@dataclass(frozen=True)
class Detail:
    """The particulars of a person that only roster keeps."""

    tenant_id: UUID
    person_id: UUID
    gender: Gender = Gender.OPEN
    birth_year: int | None = None
    joined_on: date | None = None
    joined_precision: Precision = Precision.DAY
    formal_on: date | None = None
    formal_precision: Precision = Precision.DAY
    without_office: bool = False
    post: str = ""
    phone: str = ""
    remark: str = ""
    floating_since: date | None = None
    reading: str = ""
    keys: str = ""


@dataclass(frozen=True)
class Record:
    """A person with the particulars."""

    person: Person
    detail: Detail


class Channel(StrEnum):
    """How a member who is away was in contact (R-015, R-016)."""

    VISIT = "visit"
    PHONE = "phone"
    VIDEO = "video"
    LETTER = "letter"
    EMAIL = "email"


CHANNEL_NAMES: Mapping[Channel, str] = {
    Channel.VISIT: "当面",
    Channel.PHONE: "电话",
    Channel.VIDEO: "视频",
    Channel.LETTER: "书面",
    Channel.EMAIL: "电子邮件",
}


@dataclass(frozen=True)
class Contact:
    """One contact with a member who is away."""

    tenant_id: UUID
    id: UUID
    person_id: UUID
    made_on: date
    channel: Channel
    by_member: bool
    """主动报到: only these count for the scheme's condition on 流动党员 (requirements 2.8)"""
    recorded_by: UUID
    recorded_at: datetime


@dataclass(frozen=True)
class Listed:
    """A person in a list, with the organisation's name."""

    id: UUID
    number: str
    name: str
    standing: str
    identity: str
    leader: bool
    floating: bool
    exempt: bool
    counted: bool
    active: bool
    birth_year: int | None
    organization_id: UUID
    organization_name: str


def facts(person: Person) -> dict[str, Any]:
    """Give what `person.changed` tells."""
    return {
        "person_id": person.id,
        "version": person.version,
        "organization_id": person.organization_id,
        "number": person.number,
        "name": person.name,
        "stroke_key": person.stroke_key,
        "standing": person.standing.value,
        "identity": person.identity.value,
        "leader": person.leader,
        "division_rank": person.division_rank,
        "floating": person.floating,
        "last_contact_on": person.last_contact_on,
        "exempt": person.exempt,
        "counted": person.counted,
        "email": person.email,
        "active": person.active,
        "session_epoch": person.session_epoch,
    }
