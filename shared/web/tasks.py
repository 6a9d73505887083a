"""The workbench's share of a service: what its nouns ask of the person who is signed in, as JSON and as a fragment.

A noun's `tasks.py` has a provider; the service's `app.py` passes them all to `blueprints`. The page that shows the
fragments of all services is roster's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import flask
from flask import Blueprint
from flask_smorest import Blueprint as ApiBlueprint
from marshmallow import Schema, fields

from shared import clock
from shared.auth import Permission, Reach, Viewer
from shared.db import Connection
from shared.directory.domain import Role
from shared.web import door

SEE_TASKS = Permission("tasks.read", "查看待办", {Role.ANYONE: Reach.SELF})


@dataclass(frozen=True)
class Task:
    """One thing to do, with one button."""

    title: str
    href: str
    action: str
    """the button's label"""
    due_on: date | None = None
    note: str = ""
    now: bool = False
    """whether people in one room wait for it, as while votes are cast: then nothing stands before it"""

    def group(self, today: date) -> str:
        """Say where it stands: now, overdue, today (also what has no day), week, later."""
        if self.now:
            return "now"
        if self.due_on is None or self.due_on == today:
            return "today"
        if self.due_on < today:
            return "overdue"
        return "week" if self.due_on <= today + timedelta(days=7) else "later"


class TaskSchema(Schema):
    """A task as the API shows it."""

    title = fields.Str()
    href = fields.Str()
    action = fields.Str()
    due_on = fields.Date(allow_none=True)
    note = fields.Str()
    group = fields.Function(lambda task: task.group(clock.today()), metadata={"type": "string"})


Provider = Callable[[Connection, Viewer, date], list[Task]]


def blueprints(service: str, providers: Sequence[Provider]) -> tuple[Any, Blueprint]:
    """Make `GET /<service>/api/tasks` and the fragment `GET /<service>/tasks`."""
    api = ApiBlueprint("tasks", __name__, url_prefix=f"/{service}/api", description="待办")
    pages = Blueprint("tasks_pages", __name__, url_prefix=f"/{service}")

    def collect(conn: Connection, viewer: Viewer) -> list[Task]:
        today = clock.today()
        found = [task for provider in providers for task in provider(conn, viewer, today)]
        return sorted(found, key=lambda task: (not task.now, task.due_on or today, task.title))

    @api.route("/tasks", methods=["GET"])
    @door.read(SEE_TASKS)
    @api.response(200, TaskSchema(many=True))
    def list_tasks(conn: Connection, viewer: Viewer) -> list[Task]:
        """List what is to be done, the most urgent first."""
        return collect(conn, viewer)

    @pages.get("/tasks")
    @door.read(SEE_TASKS)
    def show_tasks(conn: Connection, viewer: Viewer) -> str:
        """Show the same as a fragment for the workbench."""
        return flask.render_template("tasks.html", tasks=collect(conn, viewer), today=clock.today())

    return api, pages
