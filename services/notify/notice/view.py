"""A notice as everybody may see it: heading, basis, names with branches, days counted, and where to object."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.notify.award import store as awards
from services.notify.award.domain import State as AwardState
from services.notify.notice import rules
from services.notify.notice.domain import Notice
from shared import clock
from shared.db import Connection
from shared.directory import store as directory
from shared.web import words


@dataclass(frozen=True)
class Name:
    """A name on the notice."""

    award_id: UUID
    name: str
    organization: str
    open: bool
    """whether it can still be objected to"""


@dataclass(frozen=True)
class Shown:
    """A notice with everything that its page and its papers show."""

    id: UUID
    filing_id: UUID
    organization_id: UUID
    organization: str
    period: str
    heading: str
    document: str
    issuer: str
    phone: str
    address: str
    days: int
    starts_on: date
    ends_on: date | None
    counting: str
    """5个工作日：2013年4月8日至4月12日"""
    warning: str
    posted_on: date
    over: bool
    names: list[Name]


def shown(conn: Connection, notice: Notice, today: date) -> Shown:
    """Give a notice as it looks on a day. Who was stopped or revoked is not named any more."""
    over = rules.is_over(notice, today)
    kind = "公示" if notice.ends_on else "公布"
    return Shown(
        id=notice.id,
        filing_id=notice.filing_id,
        organization_id=notice.organization_id,
        organization=directory.get_organization(conn, notice.tenant_id, notice.organization_id).name,
        period=notice.period,
        heading=f"{words.period(notice.period)}党员“{notice.star_title}”评选结果{kind}",
        document=notice.document,
        issuer=notice.issuer,
        phone=notice.phone,
        address=notice.address,
        days=notice.days,
        starts_on=notice.starts_on,
        ends_on=notice.ends_on,
        counting=counting(notice),
        warning=notice.warning,
        posted_on=clock.day_of(notice.posted_at),
        over=over,
        names=_names(conn, notice, over),
    )


def counting(notice: Notice) -> str:
    """Write how the days are counted; empty where there is no period (requirements 2.4)."""
    if notice.ends_on is None:
        return ""
    span = words.day(notice.starts_on)
    if notice.ends_on != notice.starts_on:
        last = words.day(notice.ends_on)
        same_year = notice.ends_on.year == notice.starts_on.year
        span += "至" + (last.split("年", 1)[1] if same_year else last)
    return f"{notice.days}个工作日：{span}"


def _names(conn: Connection, notice: Notice, over: bool) -> list[Name]:
    branches: dict[UUID, str] = {}
    names = []
    for award in awards.list_of_notice(conn, notice.tenant_id, notice.id):
        if award.state not in (AwardState.POSTED, AwardState.PUBLISHED):
            continue
        if award.organization_id not in branches:
            found = directory.get_organization(conn, notice.tenant_id, award.organization_id)
            branches[award.organization_id] = found.name
        is_open = award.state is AwardState.POSTED and not over
        names.append(Name(award.id, award.name, branches[award.organization_id], is_open))
    return names
