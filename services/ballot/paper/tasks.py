"""What a ballot asks of its tellers."""

from datetime import date

from services.ballot.ballot.domain import Ballot, State
from services.ballot.ballot.store import list_for_teller
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task

STEPS = {
    State.CALLED: ("清点人数、发票", "清点人数"),
    State.OPEN: ("收回选票", "去收回"),
    State.CLOSED: ("计票", "去计票"),
    State.ENTERED: ("复核计票结果", "去复核"),
}


def tellers(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Ask a teller for the next step of each ballot that waits for it."""
    waiting = list_for_teller(conn, viewer.tenant_id, viewer.id)
    return [_task(ballot) for ballot in waiting]


def _task(ballot: Ballot) -> Task:
    step, label = STEPS[ballot.state]
    if ballot.state is State.CALLED and ballot.is_grading:
        step, label = "开始测评", "去开始"
    if ballot.state is State.OPEN and not ballot.issued:
        step, label = "结束测评" if ballot.is_grading else "结束投票", "去结束"
    return Task(f"{ballot.title}：{step}", f"/ballot/ballots/{ballot.id}", label, now=not ballot.is_grading)
