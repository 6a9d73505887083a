"""How many open forms one address may fetch or answer."""

from services.pledge.form.rules import TooManyForms
from shared.web import flood

SIZE, SECONDS = 200, 600.0
"""A class or a meeting fills its forms behind one address: a hundred people, who open and answer one each."""


def enter() -> None:
    """Count the present request. Raises `TooManyForms`."""
    flood.enter("pledge.forms", SIZE, SECONDS, TooManyForms)
