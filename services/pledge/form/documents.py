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
SLIPS = Path(__file__).with_name("slips.css")


def form(assessment: Assessment, organization: Organization, source: Source, asked: Sequence[Question]) -> bytes:
    """Print a form."""
    groups: dict[tuple[str, ...], list[Question]] = {}
    for question in asked:
        groups.setdefault(question.choices, []).append(question)
    open_ = source is Source.MASS and assessment.forms_open and assessment.invited > 0 and not assessment.coded
    html = flask.render_template(
        "pledge/form/paper.html", one=assessment, organization=organization, title=SOURCE_NAMES[source],
        groups=list(groups.items()), code=code(assessment) if open_ else "",
    )  # fmt: skip
    return printed(html, STYLE)


def slips(assessment: Assessment, codes: Sequence[str]) -> bytes:
    """Print slips with their codes, drawn and in letters; nothing else tells one from another."""
    drawn = [(one, code(assessment, one)) for one in codes]
    return printed(flask.render_template("pledge/form/slips.html", one=assessment, slips=drawn), SLIPS)


def code(assessment: Assessment, slip: str = "") -> str:
    """Draw the code that leads to the form, without inline styles; a slip's code stands where no server sees it."""
    target = f"{config.base_url()}/pledge/forms/{assessment.id}" + (f"#{slip}" if slip else "")
    drawn: str = segno.make(target, micro=False, error="m").svg_inline(scale=3, border=2)
    return drawn
