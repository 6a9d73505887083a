"""The web application of roster, for gunicorn and for tests."""

from pathlib import Path

from flask import Flask

from services.roster.adoption import api as adoption_api
from services.roster.adoption import pages as adoption_pages
from services.roster.exemption import api as exemption_api
from services.roster.exemption import pages as exemption_pages
from services.roster.exemption import tasks as exemption_tasks
from services.roster.first_password import api as first_password_api
from services.roster.first_password import pages as first_password_pages
from services.roster.home import pages as home_pages
from services.roster.home import tasks as home_tasks
from services.roster.imports import api as imports_api
from services.roster.imports import pages as imports_pages
from services.roster.organization import api as organization_api
from services.roster.organization import pages as organization_pages
from services.roster.person import api as person_api
from services.roster.person import pages as person_pages
from services.roster.person import tasks as person_tasks
from services.roster.position import api as position_api
from services.roster.position import pages as position_pages
from services.roster.scheme import api as scheme_api
from services.roster.scheme import pages as scheme_pages
from services.roster.session import api as session_api
from services.roster.session import campus
from services.roster.session import pages as session_pages
from services.roster.session import tasks as session_tasks
from shared.config import Config, load
from shared.web import app, tasks

APIS = [
    *(organization_api, person_api, position_api, exemption_api),
    *(imports_api, session_api, first_password_api, scheme_api, adoption_api),
]
PAGES = [
    *(session_pages, campus, home_pages, scheme_pages, adoption_pages),
    *(organization_pages, person_pages, position_pages, exemption_pages, imports_pages, first_password_pages),
]


def create_app(config: Config | None = None) -> Flask:
    """Make the application; without a configuration it reads the environment."""
    settings = config or load("roster")
    providers = [session_tasks.provider, home_tasks.provider, exemption_tasks.provider, person_tasks.provider]
    task_api, task_pages = tasks.blueprints("roster", providers)
    made = app.create(
        settings,
        Path(__file__).parent,
        apis=[task_api, *(module.blueprint for module in APIS)],
        pages=[task_pages, *(module.blueprint for module in PAGES)],
    )
    campus.register(made, settings.campus)
    return made
