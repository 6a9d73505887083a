"""What difficulties ask of officers: an answer, or help from above."""

from datetime import date

from services.pledge import permissions
from services.pledge.difficulty import store
from services.pledge.difficulty.domain import DifficultyState
from services.pledge.supervision import reach
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, today: date) -> list[Task]:
    """Ask the branch to answer what was reported, the superior to answer what the branch passed up."""
    if not viewer.holds(permissions.ANSWER_DIFFICULTY):
        return []
    places = {one.id: one for one in reach.organizations(conn, viewer, permissions.ANSWER_DIFFICULTY)}
    waiting = 0
    for one in store.list_unsolved(conn, viewer.tenant_id, list(places), but=viewer.id):
        above = reach.is_above(viewer, permissions.ANSWER_DIFFICULTY, places[one.organization_id])
        mine = {DifficultyState.PASSED_UP} if above else {DifficultyState.REPORTED}
        waiting += one.state in mine
    if not waiting:
        return []
    return [Task(f"{waiting}件履诺困难待答复", "/pledge/difficulties/", "去答复")]
