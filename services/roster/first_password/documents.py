"""Slips with initial passwords, on A4 to be cut: fourteen to a page."""

from pathlib import Path

import flask
import segno

from services.roster.first_password.domain import Slips
from services.roster.session.tickets import SIGN_IN
from shared import config
from shared.pdf import printed

STYLE = Path(__file__).with_name("slips.css")


def pdf(made: Slips) -> bytes:
    """Print the slips; each shows one person's password and the way to sign in."""
    address = f"{config.base_url()}{SIGN_IN}"
    html = flask.render_template(
        "roster/first_password/slips.html", made=made, address=address, drawn=segno.make(address).svg_data_uri(border=0)
    )
    return printed(html, STYLE)
