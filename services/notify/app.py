"""The web application of notify, for gunicorn and for tests."""

from pathlib import Path

from flask import Flask

from services.notify.award import api as award_api
from services.notify.board import api as board_api
from services.notify.filing import api as filing_api
from services.notify.notice import api as notice_api
from services.notify.objection import api as objection_api
from shared.config import Config, load
from shared.web import app


def create_app(config: Config | None = None) -> Flask:
    """Make the application; without a configuration it reads the environment."""
    apis = [module.blueprint for module in (filing_api, notice_api, objection_api, award_api, board_api)]
    return app.create(config or load("notify"), Path(__file__).parent, apis=apis, pages=[])
