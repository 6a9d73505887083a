"""How large a ballot can be: what is longer is cut off before anybody reads it."""

from services.ballot.protocol import ballot as ballots
from services.ballot.protocol.election import Election

HARD_LIMIT = 512 * 1024
"""No box takes more, however many candidates it has."""


def largest(election: Election) -> int:
    """Give the size in bytes up to which the door of this election reads."""
    return min(HARD_LIMIT, ballots.largest(election))
