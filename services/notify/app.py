"""The web application of notify, for gunicorn and for tests."""

from pathlib import Path

from flask import Flask

from services.notify.award import api as award_api
from services.notify.award import pages as award_pages
from services.notify.board import api as board_api
from services.notify.board import pages as board_pages
from services.notify.calendar import api as calendar_api
from services.notify.calendar import pages as calendar_pages
from services.notify.filing import api as filing_api
from services.notify.filing import pages as filing_pages
from services.notify.filing import tasks as filing_tasks
from services.notify.message import api as message_api
from services.notify.message import pages as message_pages
from services.notify.notice import api as notice_api
from services.notify.notice import pages as notice_pages
from services.notify.objection import api as objection_api
from services.notify.objection import pages as objection_pages
from services.notify.objection import tasks as objection_tasks
from services.notify.reply import api as reply_api
from services.notify.reply import pages as reply_pages
from services.notify.reply import tasks as reply_tasks
from shared.config import Config, load
from shared.web import app, tasks

APIS = [filing_api, notice_api, objection_api, reply_api, award_api, board_api, calendar_api, message_api]
PAGES = [
    filing_pages,
    notice_pages,
    objection_pages,
    reply_pages,
    award_pages,
    board_pages,
    calendar_pages,
    message_pages,
]


def create_app(config: Config | None = None) -> Flask:
    """Make the application; without a configuration it reads the environment."""
    task_api, task_pages = tasks.blueprints(
        "notify", [filing_tasks.provider, objection_tasks.provider, reply_tasks.provider]
    )
    return app.create(
        config or load("notify"),
        Path(__file__).parent,
        apis=[*(module.blueprint for module in APIS), task_api],
        pages=[*(module.blueprint for module in PAGES), task_pages],
    )
