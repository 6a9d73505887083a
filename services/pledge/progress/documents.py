"""The 履诺进度表 on A4 paper: matter, deadline, progress, state (R-070)."""

from pathlib import Path

import flask

from services.pledge.progress.domain import STATE_NAMES, Table
from shared.directory.domain import Organization
from shared.pdf import printed

STYLE = Path(__file__).with_name("table.css")


def table(of: Table, organization: Organization, name: str) -> bytes:
    """Print a table."""
    html = flask.render_template(
        "pledge/progress/table.html", table=of, organization=organization, name=name, state_words=STATE_NAMES
    )
    return printed(html, STYLE)
