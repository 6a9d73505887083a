"""What elections ask of a branch: to call the vote, to repeat a void one."""

from datetime import date

from services.evaluation import permissions
from services.evaluation.election import store
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import MeetingState
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
            elif state is None and meeting.state is MeetingState.OPEN:
                found.append(Task(f"{words(each)}会议尚未投票", href, "去投票", meeting.held_on, "完成点评后发起投票"))
    return found
