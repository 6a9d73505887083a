"""The web application of pledge, for gunicorn and for tests."""

from pathlib import Path

from flask import Flask

from services.pledge import pages
from services.pledge.pledge import api as pledge_api
from shared.config import Config, load
from shared.web import app, tasks


def create_app(config: Config | None = None) -> Flask:
    """Make the application; without a configuration it reads the environment."""
    tasks_api, tasks_pages = tasks.blueprints("pledge", [])
    return app.create(
        config or load("pledge"),
        Path(__file__).parent,
        apis=[pledge_api.blueprint, tasks_api],
        pages=[tasks_pages, pages.blueprint],
    )
