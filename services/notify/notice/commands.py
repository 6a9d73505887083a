"""Posting the names of a filing, and publishing what stands when the days have passed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from services.notify.award import commands as award_commands
from services.notify.award import rules as award_rules
from services.notify.award import store as awards
from services.notify.award.domain import Award
from services.notify.notice import rules, store
from services.notify.notice.domain import Notice
from shared import clock, scheme, workdays
from shared.db import Connection
from shared.directory import store as directory
from shared.events.notify import NoticePosted
from shared.messaging import tell

BATCH = 100


def post(conn: Connection, tenant_id: UUID, filing_id: UUID, organization_id: UUID, lines: Sequence[Award]) -> Notice:
    """Post the locked lines of a filing for the longest period that their schemes ask; 0 days publish them at once."""
    notice = _made(conn, tenant_id, filing_id, organization_id, lines)
    store.add(conn, notice)
    posted = [award_rules.post(line, notice.id) for line in lines]
    for award in posted:
        awards.save(conn, award)
    _tell_posted(conn, notice, posted)
    if notice.ends_on is None:
        for award in posted:
            award_commands.publish(conn, award, notice.starts_on)
    return notice


def _tell_posted(conn: Connection, notice: Notice, posted: Sequence[Award]) -> None:
    tell(
        conn,
        NoticePosted,
        tenant_id=notice.tenant_id,
        subject=notice.id,
        notice_id=notice.id,
        organization_id=notice.organization_id,
        period=notice.period,
        starts_on=notice.starts_on,
        ends_on=notice.ends_on,
        award_ids=[award.id for award in posted],
    )


def conclude(conn: Connection, now: datetime) -> int:
    """Publish what nobody objected to in notices whose last day has passed; give how many notices were concluded."""
    ended = store.list_ended(conn, clock.day_of(now), BATCH)
    for notice in ended:
        store.save_conclusion(conn, rules.conclude(notice, now))
        publish_unopposed(conn, notice, now)
    return len(ended)


def publish_unopposed(conn: Connection, notice: Notice, now: datetime) -> None:
    """Publish the posted awards of a locked, ended notice that no undecided objection holds back (requirements 2.4)."""
    for award in awards.lock_unopposed(conn, notice.tenant_id, notice.id):
        award_commands.publish(conn, award, clock.day_of(now))


def _made(conn: Connection, tenant_id: UUID, filing_id: UUID, organization_id: UUID, lines: Sequence[Award]) -> Notice:
    today = clock.today()
    versions = {(line.scheme_id, line.scheme_version) for line in lines}
    schemes = [scheme.version(conn, tenant_id, *version) for version in sorted(versions)]
    longest = max(schemes, key=lambda found: found.after.notice_days)
    days = longest.after.notice_days
    starts_on, ends_on, warning = rules.span(workdays.calendar(conn, tenant_id, today), today, days)
    top = directory.get_top(conn, tenant_id)
    now = clock.now()
    return Notice(
        tenant_id=tenant_id,
        id=uuid4(),
        filing_id=filing_id,
        organization_id=organization_id,
        period=lines[0].period,
        star_title=lines[0].star_title,
        document=longest.grounds,
        issuer=top.name,
        phone=top.phone,
        address=top.address,
        days=days,
        starts_on=starts_on,
        ends_on=ends_on,
        warning=warning,
        posted_at=now,
        concluded_at=None if ends_on else now,
    )
