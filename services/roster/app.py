"""The web application of roster, for gunicorn and for tests."""

from pathlib import Path

from flask import Flask

from services.roster.adoption import api as adoption_api
from services.roster.adoption import pages as adoption_pages
from services.roster.exemption import api as exemption_api
from services.roster.exemption import pages as exemption_pages
from services.roster.exemption import tasks as exemption_tasks
from services.roster.home import pages as home_pages
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


def create_app(config: Config | None = None) -> Flask:
    """Make the application; without a configuration it reads the environment."""
    tasks_api, tasks_pages = tasks.blueprints(
        "roster", [session_tasks.provider, exemption_tasks.provider, person_tasks.provider]
    )
    apis = [
        tasks_api,
        organization_api.blueprint,
        person_api.blueprint,
        position_api.blueprint,
        exemption_api.blueprint,
        imports_api.blueprint,
        session_api.blueprint,
        scheme_api.blueprint,
        adoption_api.blueprint,
    ]
    pages = [
        tasks_pages,
        session_pages.blueprint,
        campus.blueprint,
        home_pages.blueprint,
        scheme_pages.blueprint,
        adoption_pages.blueprint,
        organization_pages.blueprint,
        person_pages.blueprint,
        position_pages.blueprint,
        exemption_pages.blueprint,
        imports_pages.blueprint,
    ]
    settings = config or load("roster")
    made = app.create(settings, Path(__file__).parent, apis=apis, pages=pages)
    campus.register(made, settings.campus)
    return made
