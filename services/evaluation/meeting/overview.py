"""How the quarter's meetings stand, branch by branch (R-026, R-115)."""

from dataclasses import dataclass

from services.evaluation import permissions
from services.evaluation.meeting import store
from services.evaluation.meeting.domain import STATE_NAMES, Meeting, MeetingState
from shared import clock, period
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory.domain import Organization

TONES = {
    MeetingState.ANNOUNCED: "info",
    MeetingState.OPEN: "warning",
    MeetingState.CLOSED: "success",
    MeetingState.CANCELLED: "secondary",
}


@dataclass(frozen=True)
class Line:
    """A branch and its meeting of a quarter: not planned, reported, held, ended, or missed."""

    organization: Organization
    meeting: Meeting | None
    missed: bool
    """the quarter is over and nothing was reported"""
    runs: bool

    @property
    def label(self) -> str:
        """Say where it stands."""
        if self.meeting is not None:
            return STATE_NAMES[self.meeting.state]
        return "未召开" if self.missed else "未安排"

    @property
    def tone(self) -> str:
        """Give the colour of the label."""
        return TONES[self.meeting.state] if self.meeting else "danger" if self.missed else "secondary"


def lines(conn: Connection, viewer: Viewer, quarter: str) -> list[Line]:
    """Give every branch that the viewer may read, in the order of their codes."""
    branches = branch.list_readable(conn, viewer, permissions.READ_MEETING)
    found = store.list_meetings(conn, viewer.tenant_id, [one.id for one in branches], quarter)
    current = {one.organization_id: one for one in found if one.state is not MeetingState.CANCELLED}
    missed = clock.today() > period.last_day(quarter)
    return [Line(one, current.get(one.id), missed, viewer.may(permissions.RUN_MEETING, one.path)) for one in branches]


def tally(found: list[Line]) -> list[tuple[str, str, int]]:
    """Count the branches of each label: label, tone, number."""
    labels = list(dict.fromkeys((line.label, line.tone) for line in found))
    return [(label, tone, sum(line.label == label for line in found)) for label, tone in labels]
