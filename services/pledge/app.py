"""The web application of pledge, for gunicorn and for tests."""

from pathlib import Path

from flask import Flask

from services.pledge.appraisal import api as appraisal_api
from services.pledge.appraisal import links as appraisal_links
from services.pledge.appraisal import pages as appraisal_pages
from services.pledge.appraisal import tasks as appraisal_tasks
from services.pledge.assessment import api as assessment_api
from services.pledge.assessment import pages as assessment_pages
from services.pledge.author import api as author_api
from services.pledge.author import pages as author_pages
from services.pledge.author import tasks as author_tasks
from services.pledge.care import api as care_api
from services.pledge.care import pages as care_pages
from services.pledge.consequence import api as consequence_api
from services.pledge.consequence import pages as consequence_pages
from services.pledge.coverage import api as coverage_api
from services.pledge.coverage import pages as coverage_pages
from services.pledge.difficulty import api as difficulty_api
from services.pledge.difficulty import pages as difficulty_pages
from services.pledge.difficulty import tasks as difficulty_tasks
from services.pledge.entry import pages as entry_pages
from services.pledge.form import api as form_api
from services.pledge.form import pages as form_pages
from services.pledge.grading import api as grading_api
from services.pledge.grading import pages as grading_pages
from services.pledge.grading import tasks as grading_tasks
from services.pledge.imports import api as imports_api
from services.pledge.imports import pages as imports_pages
from services.pledge.inspection import api as inspection_api
from services.pledge.inspection import pages as inspection_pages
from services.pledge.inspection import tasks as inspection_tasks
from services.pledge.ledger import api as ledger_api
from services.pledge.ledger import pages as ledger_pages
from services.pledge.measure import api as measure_api
from services.pledge.measure import pages as measure_pages
from services.pledge.measure import tasks as measure_tasks
from services.pledge.opinion import api as opinion_api
from services.pledge.opinion import pages as opinion_pages
from services.pledge.opinion import tasks as opinion_tasks
from services.pledge.pledge import api as pledge_api
from services.pledge.pledge import further
from services.pledge.pledge import pages as pledge_pages
from services.pledge.pledge import tasks as pledge_tasks
from services.pledge.portrait import api as portrait_api
from services.pledge.portrait import pages as portrait_pages
from services.pledge.progress import api as progress_api
from services.pledge.progress import links as progress_links
from services.pledge.progress import pages as progress_pages
from services.pledge.progress import tasks as progress_tasks
from services.pledge.proof import api as proof_api
from services.pledge.proof import pages as proof_pages
from services.pledge.publication import api as publication_api
from services.pledge.publication import pages as publication_pages
from services.pledge.publication import tasks as publication_tasks
from services.pledge.remark import api as remark_api
from services.pledge.remark import pages as remark_pages
from services.pledge.remark import tasks as remark_tasks
from services.pledge.review import api as review_api
from services.pledge.review import links as review_links
from services.pledge.review import pages as review_pages
from services.pledge.review import tasks as review_tasks
from services.pledge.round import api as round_api
from services.pledge.round import pages as round_pages
from services.pledge.sheet import pages as sheet_pages
from services.pledge.star import links as star_links
from services.pledge.supervision import api as supervision_api
from services.pledge.supervision import pages as supervision_pages
from services.pledge.supervision import tasks as supervision_tasks
from services.pledge.treatment import api as treatment_api
from services.pledge.treatment import pages as treatment_pages
from services.pledge.treatment import tasks as treatment_tasks
from services.pledge.wall import api as wall_api
from services.pledge.wall import links as wall_links
from services.pledge.wall import pages as wall_pages
from shared.config import Config, load
from shared.web import app, tasks

FURTHER: list[further.Provider] = [
    appraisal_links.provider,
    progress_links.provider,
    review_links.provider,
    star_links.provider,
    wall_links.provider,
]
"""What the nouns add to the page of a pledge, stage by stage."""
TASKS: list[tasks.Provider] = [
    appraisal_tasks.provider,
    author_tasks.provider,
    difficulty_tasks.provider,
    grading_tasks.provider,
    inspection_tasks.provider,
    measure_tasks.provider,
    opinion_tasks.provider,
    pledge_tasks.provider,
    progress_tasks.provider,
    publication_tasks.provider,
    remark_tasks.provider,
    review_tasks.provider,
    supervision_tasks.provider,
    treatment_tasks.provider,
]
APIS = [
    appraisal_api.blueprint,
    assessment_api.blueprint,
    author_api.blueprint,
    care_api.blueprint,
    consequence_api.blueprint,
    coverage_api.blueprint,
    difficulty_api.blueprint,
    form_api.blueprint,
    grading_api.blueprint,
    imports_api.blueprint,
    inspection_api.blueprint,
    ledger_api.blueprint,
    measure_api.blueprint,
    opinion_api.blueprint,
    pledge_api.blueprint,
    portrait_api.blueprint,
    progress_api.blueprint,
    proof_api.blueprint,
    publication_api.blueprint,
    remark_api.blueprint,
    review_api.blueprint,
    round_api.blueprint,
    supervision_api.blueprint,
    treatment_api.blueprint,
    wall_api.blueprint,
]
PAGES = [
    appraisal_pages.blueprint,
    assessment_pages.blueprint,
    author_pages.blueprint,
    care_pages.blueprint,
    consequence_pages.blueprint,
    coverage_pages.blueprint,
    difficulty_pages.blueprint,
    entry_pages.blueprint,
    form_pages.blueprint,
    grading_pages.blueprint,
    imports_pages.blueprint,
    inspection_pages.blueprint,
    ledger_pages.blueprint,
    measure_pages.blueprint,
    opinion_pages.blueprint,
    pledge_pages.blueprint,
    portrait_pages.blueprint,
    progress_pages.blueprint,
    proof_pages.blueprint,
    publication_pages.blueprint,
    remark_pages.blueprint,
    review_pages.blueprint,
    round_pages.blueprint,
    sheet_pages.blueprint,
    supervision_pages.blueprint,
    treatment_pages.blueprint,
    wall_pages.blueprint,
]


def create_app(config: Config | None = None) -> Flask:
    """Make the application; without a configuration it reads the environment."""
    tasks_api, tasks_pages = tasks.blueprints("pledge", TASKS)
    made = app.create(
        config or load("pledge"), Path(__file__).parent, apis=[*APIS, tasks_api], pages=[*PAGES, tasks_pages]
    )
    return further.register(made, FURTHER)
