"""How many places a branch of each size would have under a version: the picture that people look at first."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from shared.scheme.scheme import Ballot

SIZES = range(3, 51)


@dataclass(frozen=True)
class Column:
    """A branch of one size."""

    size: int
    share: Fraction
    places: int


def places(ballot: Ballot, size: int) -> int:
    """Give the places of a branch whose base is `size`, before anything is carried over or pooled (R-130).

    The cap comes before the minimum, so that a small branch keeps the place it is guaranteed.
    """
    share = size * ballot.ratio
    found = _rounded(share, ballot.rounding)
    if ballot.carry:
        found = floor(share)
    if ballot.maximum_share:
        found = min(found, floor(size * ballot.maximum_share))
    return max(found, ballot.minimum)


def columns(ballot: Ballot) -> list[Column]:
    """Give one column per size."""
    return [Column(size, size * ballot.ratio, places(ballot, size)) for size in SIZES]


def _rounded(share: Fraction, rounding: str) -> int:
    match rounding:
        case "floor":
            return floor(share)
        case "ceiling":
            return ceil(share)
        case _:
            return floor(share + Fraction(1, 2))


def steps(found: list[Column]) -> list[tuple[int, int, int]]:
    """Join neighbouring sizes with the same places: (from, to, places)."""
    joined: list[tuple[int, int, int]] = []
    for column in found:
        if joined and joined[-1][2] == column.places:
            joined[-1] = (joined[-1][0], column.size, column.places)
        else:
            joined.append((column.size, column.size, column.places))
    return joined
