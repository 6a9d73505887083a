"""The web application of pledge, for gunicorn and for tests."""

from pathlib import Path

from flask import Flask

from services.pledge.coverage import api as coverage_api
from services.pledge.coverage import pages as coverage_pages
from services.pledge.entry import pages as entry_pages
from services.pledge.ledger import api as ledger_api
from services.pledge.ledger import pages as ledger_pages
from services.pledge.pledge import api as pledge_api
from services.pledge.pledge import further
from services.pledge.pledge import pages as pledge_pages
from services.pledge.pledge import tasks as pledge_tasks
from services.pledge.round import api as round_api
from services.pledge.round import pages as round_pages
from services.pledge.treatment import api as treatment_api
from services.pledge.treatment import pages as treatment_pages
from services.pledge.treatment import tasks as treatment_tasks
from shared.config import Config, load
from shared.web import app, tasks

FURTHER: list[further.Provider] = []
"""What the nouns add to the page of a pledge, stage by stage."""


def create_app(config: Config | None = None) -> Flask:
    """Make the application; without a configuration it reads the environment."""
    tasks_api, tasks_pages = tasks.blueprints(
        "pledge",
        [
            pledge_tasks.provider,
            treatment_tasks.provider,
        ],
    )
    made = app.create(
        config or load("pledge"),
        Path(__file__).parent,
        apis=[
            coverage_api.blueprint,
            ledger_api.blueprint,
            pledge_api.blueprint,
            round_api.blueprint,
            tasks_api,
            treatment_api.blueprint,
        ],
        pages=[
            coverage_pages.blueprint,
            entry_pages.blueprint,
            ledger_pages.blueprint,
            pledge_pages.blueprint,
            round_pages.blueprint,
            tasks_pages,
            treatment_pages.blueprint,
        ],
    )
    return further.register(made, FURTHER)
