"""What meetings ask: of the secretary to plan, open, complete and lock; of the superior to send an observer."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.election import store as elections
from services.evaluation.meeting import commands, rules, store
from services.evaluation.meeting.domain import Meeting, MeetingState
from shared import clock, period, scheme
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.web.tasks import Task
from shared.web.words import moment
from shared.web.words import period as named

PLAN_BEFORE = timedelta(days=45)
"""A secretary is reminded of the quarter's meeting in its second half."""


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give what meetings ask of the person."""
    tasks: list[Task] = []
    if viewer.holds(permissions.RUN_MEETING):
        for one in branch.list_readable(conn, viewer, permissions.RUN_MEETING):
            tasks += _of_branch(conn, one, today)
    if viewer.holds(permissions.APPOINT_OBSERVER):
        tasks += _of_superior(conn, viewer)
    return tasks + _of_observer(conn, viewer)


def _of_observer(conn: Connection, viewer: Viewer) -> list[Task]:
    found = store.list_observed(conn, viewer.tenant_id, viewer.id)
    branches = _branches(conn, viewer, found)
    return [
        Task(
            f"列席{branches[one.organization_id].name}的会议",
            f"/evaluation/meetings/{one.id}",
            "查看",
            clock.day_of(one.starts_at),
            f"{moment(one.starts_at)}　{one.place}",
        )
        for one in found
    ]


def _branches(conn: Connection, viewer: Viewer, meetings: Sequence[Meeting]) -> dict[UUID, Organization]:
    """Give the branches of meetings; one that announced a meeting is known."""
    return directory.list_organizations(conn, viewer.tenant_id, {one.organization_id for one in meetings})


def _of_branch(conn: Connection, organization: Organization, today: date) -> list[Task]:
    this = period.of(today)
    tasks = []
    for quarter in (period.previous(this), this):
        found = store.list_meetings(conn, organization.tenant_id, [organization.id], quarter)
        current = next((one for one in found if one.state is not MeetingState.CANCELLED), None)
        if current is not None:
            tasks += _of_meeting(conn, current)
        elif quarter == this and period.last_day(quarter) - today <= PLAN_BEFORE:
            tasks.append(
                Task(
                    f"安排{named(quarter)}会议",
                    f"/evaluation/meetings/announce?organization_id={organization.id}&period={quarter}",
                    "报告会议",
                    period.last_day(quarter),
                    organization.name,
                )
            )
    return tasks


def _of_meeting(conn: Connection, meeting: Meeting) -> list[Task]:
    href, on = f"/evaluation/meetings/{meeting.id}", clock.day_of(meeting.starts_at)
    if meeting.state is MeetingState.ANNOUNCED:
        waiting = [one for one in store.list_leaves(conn, meeting.tenant_id, meeting.id) if one.granted is None]
        leave = [Task(f"批复{len(waiting)}人的请假", href, "去批复", on)] if waiting else []
        return [*leave, Task(f"召开{named(meeting.period)}会议", href, "进入会议", on, moment(meeting.starts_at))]
    if meeting.state is not MeetingState.OPEN:
        return []
    followed = scheme.version(conn, meeting.tenant_id, meeting.scheme_id, meeting.scheme_version)
    attendees = store.list_attendees(conn, meeting.tenant_id, meeting.id)
    gaps = commands.gaps(conn, meeting, attendees, followed)
    if gaps:
        return [Task(f"补齐{named(meeting.period)}会议的登记", href, "进入会议", on, gaps[0])]
    ballot = elections.state_of(conn, meeting.tenant_id, meeting.id)
    if rules.ballot_gap(ballot):
        return []
    return [Task(f"锁定{named(meeting.period)}会议记录", f"{href}/minutes", "去锁定", on)]


def _of_superior(conn: Connection, viewer: Viewer) -> list[Task]:
    places = directory.list_at(conn, viewer.tenant_id, viewer.places(permissions.APPOINT_OBSERVER))
    found = store.list_unobserved(conn, viewer.tenant_id, [one.id for one in places])
    branches = _branches(conn, viewer, found)
    return [
        Task(
            f"答复{branches[one.organization_id].name}的会议报告",
            f"/evaluation/meetings/{one.id}",
            "派员列席",
            clock.day_of(one.starts_at),
            moment(one.starts_at),
        )
        for one in found
    ]
