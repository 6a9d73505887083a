"""What filings ask of people: the department to acknowledge, the filing organisation to correct."""

from datetime import date

from services.notify import permissions
from services.notify.filing import view
from services.notify.filing.domain import State
from shared.auth import Viewer
from shared.db import Connection
from shared.web import words
from shared.web.tasks import Task


def provider(conn: Connection, viewer: Viewer, _today: date) -> list[Task]:
    """Give the filings that wait for the viewer (R-170)."""
    return [*_to_decide(conn, viewer), *_to_correct(conn, viewer)]


def _to_decide(conn: Connection, viewer: Viewer) -> list[Task]:
    if not viewer.holds(permissions.DECIDE_FILING):
        return []
    found = view.list_visible(conn, viewer, permissions.DECIDE_FILING, state=State.SUBMITTED)
    return [
        Task(f"{name}报送备案", f"/notify/filings/{filing.id}", "办理", filing.due_on, words.period(filing.period))
        for filing, name in found
    ]


def _to_correct(conn: Connection, viewer: Viewer) -> list[Task]:
    if not viewer.holds(permissions.CORRECT_FILING):
        return []
    found = view.list_visible(conn, viewer, permissions.CORRECT_FILING, state=State.RETURNED)
    return [
        Task(f"{name}备案被退回", f"/notify/filings/{filing.id}", "更正", filing.due_on, words.period(filing.period))
        for filing, name in found
    ]
