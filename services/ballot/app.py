"""The web application of ballot, for gunicorn and for tests."""

from pathlib import Path

from flask import Flask

from services.ballot.ballot import api as ballot_api
from services.ballot.paper import api as paper_api
from shared.config import Config, load
from shared.web import app


def create_app(config: Config | None = None) -> Flask:
    """Make the application; without a configuration it reads the environment."""
    return app.create(
        config or load("ballot"),
        Path(__file__).parent,
        apis=[ballot_api.blueprint, paper_api.blueprint],
        pages=[],
    )
