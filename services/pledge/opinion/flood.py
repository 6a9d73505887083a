"""How many opinions on one organisation an hour takes from one address, so that nobody fills it for all others."""

from uuid import UUID

from services.pledge.opinion.rules import TooManyOpinions
from shared.web import flood

SIZES = {True: 80, False: 40}
"""Signed and unsigned; a whole campus may speak from one address, and who finds it used up has the 意见箱."""
SECONDS = 3600.0


def enter(organization_id: UUID, signed: bool) -> None:
    """Count the present request. Raises `TooManyOpinions`."""
    name = f"pledge.opinions.{'signed' if signed else 'unsigned'}"
    flood.enter(name, SIZES[signed], SECONDS, TooManyOpinions, str(organization_id))
