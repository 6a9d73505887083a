"""The web application of ballot, for gunicorn and for tests."""

from pathlib import Path

from flask import Flask

from shared.config import Config, load
from shared.web import app


def create_app(config: Config | None = None) -> Flask:
    """Make the application; without a configuration it reads the environment."""
    return app.create(config or load("ballot"), Path(__file__).parent, apis=[], pages=[])
