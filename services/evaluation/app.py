"""The web application of evaluation, for gunicorn and for tests."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Flask

from services.evaluation.attendance import api as attendance_api
from services.evaluation.attendance import pages as attendance_pages
from services.evaluation.award import api as award_api
from services.evaluation.award import pages as award_pages
from services.evaluation.award import tasks as award_tasks
from services.evaluation.election import api as election_api
from services.evaluation.election import pages as election_pages
from services.evaluation.election import tasks as election_tasks
from services.evaluation.eligibility import api as eligibility_api
from services.evaluation.eligibility import pages as eligibility_pages
from services.evaluation.finding import api as finding_api
from services.evaluation.finding import pages as finding_pages
from services.evaluation.finding import tasks as finding_tasks
from services.evaluation.meeting import api as meeting_api
from services.evaluation.meeting import pages as meeting_pages
from services.evaluation.meeting import tasks as meeting_tasks
from services.evaluation.quota import api as quota_api
from services.evaluation.quota import pages as quota_pages
from services.evaluation.quota import tasks as quota_tasks
from services.evaluation.register import api as register_api
from services.evaluation.register import pages as register_pages
from services.evaluation.register import tasks as register_tasks
from services.evaluation.roll import api as roll_api
from services.evaluation.roll import tasks as roll_tasks
from services.evaluation.sitting import api as sitting_api
from services.evaluation.sitting import pages as sitting_pages
from shared.config import Config, load
from shared.web import app, tasks

APIS: list[Any] = [
    register_api.blueprint,
    meeting_api.blueprint,
    sitting_api.blueprint,
    attendance_api.blueprint,
    finding_api.blueprint,
    eligibility_api.blueprint,
    quota_api.blueprint,
    election_api.blueprint,
    roll_api.blueprint,
    award_api.blueprint,
]
PAGES: list[Blueprint] = [
    register_pages.blueprint,
    meeting_pages.blueprint,
    sitting_pages.blueprint,
    attendance_pages.blueprint,
    finding_pages.blueprint,
    eligibility_pages.blueprint,
    quota_pages.blueprint,
    election_pages.blueprint,
    award_pages.blueprint,
]
PROVIDERS: list[tasks.Provider] = [
    register_tasks.provider,
    meeting_tasks.provider,
    finding_tasks.provider,
    election_tasks.provider,
    quota_tasks.provider,
    roll_tasks.provider,
    award_tasks.provider,
]


def create_app(config: Config | None = None) -> Flask:
    """Make the application; without a configuration it reads the environment."""
    tasks_api, tasks_pages = tasks.blueprints("evaluation", PROVIDERS)
    apis, pages = [tasks_api, *APIS], [tasks_pages, *PAGES]
    return app.create(config or load("evaluation"), Path(__file__).parent, apis=apis, pages=pages)
