"""What treatments ask of the superior: to decide on exemptions."""

from datetime import date

from services.pledge import permissions
from services.pledge.treatment import store
from shared.auth import Viewer
from shared.db import Connection
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, _today: date) -> list[Task]:
    """Ask who decides for a decision, while any waits."""
    places = viewer.places(permissions.DECIDE_TREATMENT)
    waiting = store.count_waiting(conn, viewer.tenant_id, places) if places else 0
    if not waiting:
        return []
    return [Task(f"审批免予参加和鼓励办理的申请（{waiting}件）", "/pledge/treatments/", "去审批")]
