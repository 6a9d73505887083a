"""What elections ask of a branch: to call the vote, to repeat a void one, to deal with places not filled."""

from datetime import date

from services.evaluation import permissions
from services.evaluation.election import shortage, store
from services.evaluation.eligibility.commands import scheme_of
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Meeting, MeetingState
from shared import period
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches as branch
from shared.web.tasks import Task
from shared.web.words import period as words


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Give the tasks of those who run a branch, for this quarter's meeting and the one before."""
    branches = branch.list_readable(conn, viewer, permissions.CALL_BALLOT)
    ids = [one.id for one in branches]
    if not ids:
        return []
    quarter = period.of(today)
    found = []
    for each in (period.previous(quarter), quarter):
        for meeting in meetings.list_meetings(conn, viewer.tenant_id, ids, each):
            if meeting.state not in {MeetingState.OPEN, MeetingState.CLOSED}:
                continue
            state = store.state_of(conn, viewer.tenant_id, meeting.id)
            href = f"/evaluation/meetings/{meeting.id}/ballot"
            if state == "annulled":
                found.append(Task(f"{words(each)}投票已作废，须重新投票", href, "重新投票", meeting.held_on))
            elif state == "counted":
                found += _short(conn, meeting, href)
            elif state is None and meeting.state is MeetingState.OPEN:
                found.append(Task(f"{words(each)}会议尚未投票", href, "去投票", meeting.held_on, "完成点评后发起投票"))
    return found


def _short(conn: Connection, meeting: Meeting, href: str) -> list[Task]:
    """Ask for what the scheme offers for places that too few passed for, until the minutes are locked."""
    scheme = scheme_of(conn, meeting)
    offered = shortage.offered(meeting, scheme, store.list_of_meeting(conn, meeting.tenant_id, meeting.id))
    if offered is None:
        return []
    way = "可以另行选举一次" if scheme.ballot.shortfall == shortage.SECOND_ROUND else "可以减少名额"
    note = f"{way}；锁定会议记录以前没有办理的，名额空缺"
    return [Task(f"{words(meeting.period)}评选尚缺{offered.places}名", href, "去办理", meeting.held_on, note)]
