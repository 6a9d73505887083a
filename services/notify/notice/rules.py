"""How long a notice stands and when it is over."""

from dataclasses import replace
from datetime import date, datetime

from services.notify.notice.domain import Notice
from shared import workdays
from shared.errors import NotFound, RuleBroken
from shared.workdays import Calendar


class NoticeNotFound(NotFound):
    """没有这份公示。"""


class NoticeOver(RuleBroken):
    """公示期已经结束，不再受理异议。"""


class NoticeWithoutPeriod(RuleBroken):
    """本次为公布，不设公示期，不受理异议；有意见请直接向党委组织部反映。"""


def span(calendar: Calendar, today: date, days: int) -> tuple[date, date | None, str]:
    """Give first day, last day and warning of a notice posted today.

    The first working day that is not before today counts as the first, as in “5个工作日：2013年4月8日至4月12日”
    (requirements 2.4). With 0 days there is no last day.
    """
    if days == 0:
        return today, None, ""
    starts_on = workdays.first(calendar.is_working, today)
    ends_on = workdays.last(calendar.is_working, starts_on, days)
    return starts_on, ends_on, calendar.warning(starts_on, ends_on)


def is_over(notice: Notice, today: date) -> bool:
    """Say whether the last day has passed."""
    return notice.ends_on is None or today > notice.ends_on


def accept_objection(notice: Notice, day: date) -> None:
    """Refuse an objection that comes on a day after the last one. Raises `NoticeOver`, `NoticeWithoutPeriod`."""
    if notice.ends_on is None:
        raise NoticeWithoutPeriod
    if is_over(notice, day):
        raise NoticeOver


def conclude(notice: Notice, now: datetime) -> Notice:
    """End a notice."""
    return replace(notice, concluded_at=now)
