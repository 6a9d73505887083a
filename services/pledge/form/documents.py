"""Forms on paper that ask what the page asks (R-097); on the one of the masses stands the code of the page."""

from collections.abc import Sequence
from pathlib import Path

import flask
import segno

from services.pledge.assessment.domain import SOURCE_NAMES, Assessment, Source
from services.pledge.form.domain import Question
from shared import config
from shared.directory.domain import Organization
from shared.pdf import printed

STYLE = Path(__file__).with_name("form.css")


def form(assessment: Assessment, organization: Organization, source: Source, asked: Sequence[Question]) -> bytes:
    """Print a form."""
    groups: dict[tuple[str, ...], list[Question]] = {}
    for question in asked:
        groups.setdefault(question.choices, []).append(question)
    open_ = source is Source.MASS and assessment.forms_open and assessment.invited > 0
    html = flask.render_template(
        "pledge/form/paper.html", one=assessment, organization=organization, title=SOURCE_NAMES[source],
        groups=list(groups.items()), code=code(assessment) if open_ else "",
    )  # fmt: skip
    return printed(html, STYLE)


def code(assessment: Assessment) -> str:
    """Draw the code that leads to the open form, without inline styles."""
    target = f"{config.base_url()}/pledge/forms/{assessment.id}"
    drawn: str = segno.make(target, micro=False, error="m").svg_inline(scale=3, border=2)
    return drawn
