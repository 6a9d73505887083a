"""The web application of ballot, for gunicorn and for tests."""

from pathlib import Path

from flask import Flask

from services.ballot.ballot import api as ballot_api
from services.ballot.ballot import pages as ballot_pages
from services.ballot.board import pages as board_pages
from services.ballot.box import api as box_api
from services.ballot.box import pages as box_pages
from services.ballot.box.line import Line
from services.ballot.box.slot import Slot
from services.ballot.paper import api as paper_api
from services.ballot.paper import pages as paper_pages
from services.ballot.paper import tasks as paper_tasks
from shared.config import Config, load
from shared.web import app, tasks


def create_app(config: Config | None = None) -> Flask:
    """Make the application; without a configuration it reads the environment."""
    tasks_api, tasks_pages = tasks.blueprints("ballot", [paper_tasks.tellers])
    config = config or load("ballot")
    made = app.create(
        config,
        Path(__file__).parent,
        apis=[ballot_api.blueprint, paper_api.blueprint, box_api.blueprint, tasks_api],
        pages=[ballot_pages.blueprint, paper_pages.blueprint, box_pages.blueprint, board_pages.blueprint, tasks_pages],
    )
    line = made.extensions["box_line"] = Line(config.database_url, size=config.web_threads)
    made.wsgi_app = Slot(made.wsgi_app, line)  # type: ignore[method-assign]
    return made
