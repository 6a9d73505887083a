"""A notice as everybody may see it: heading, basis, names with branches, days counted, and where to object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.notify.award import store as awards
from services.notify.award.domain import Award
from services.notify.award.domain import State as AwardState
from services.notify.notice import rules, store
from services.notify.notice.domain import Notice
from shared import clock
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.web import words

PAGE = 50


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
    ahead: bool
    """whether its period has not begun yet"""
    names: list[Name]


def page(conn: Connection, tenant_id: UUID, period: str | None, number: int, today: date) -> list[Shown]:
    """Give a page of the notices of a quarter or of all, the newest first; one with fewer than `PAGE` is the last."""
    found = store.list_notices(conn, tenant_id, period=period, limit=PAGE, offset=(number - 1) * PAGE)
    return several(conn, tenant_id, found, today)


def shown(conn: Connection, notice: Notice, today: date) -> Shown:
    """Give a notice as it looks on a day. Who was stopped or revoked is not named any more."""
    return several(conn, notice.tenant_id, [notice], today)[0]


def several(conn: Connection, tenant_id: UUID, notices: Sequence[Notice], today: date) -> list[Shown]:
    """Give notices of one university as they look on a day, in as many statements as one takes."""
    named: dict[UUID, list[Award]] = {notice.id: [] for notice in notices}
    for award in awards.list_of_notices(conn, tenant_id, list(named)):
        if award.notice_id and award.state in (AwardState.POSTED, AwardState.PUBLISHED):
            named[award.notice_id].append(award)
    ids = {award.organization_id for lines in named.values() for award in lines}
    ids |= {notice.organization_id for notice in notices}
    organizations = directory.list_organizations(conn, tenant_id, ids)
    return [_one(notice, named[notice.id], organizations, today) for notice in notices]


def _one(notice: Notice, named: Sequence[Award], organizations: Mapping[UUID, Organization], today: date) -> Shown:
    over = rules.is_over(notice, today)
    return Shown(
        id=notice.id,
        filing_id=notice.filing_id,
        organization_id=notice.organization_id,
        organization=organizations[notice.organization_id].name,
        period=notice.period,
        heading=f"{words.period(notice.period)}党员“{notice.star_title}”评选结果{'公示' if notice.ends_on else '公布'}",
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
        ahead=notice.ends_on is not None and today < notice.starts_on,
        names=[
            Name(
                award.id,
                award.name,
                organizations[award.organization_id].name,
                award.state is AwardState.POSTED and not over,
            )
            for award in named
        ],
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
