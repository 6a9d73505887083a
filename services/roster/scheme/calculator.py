"""How many places a branch of each size would have under a version: the picture that people look at first."""

from dataclasses import dataclass
from fractions import Fraction

from shared.scheme.quota import places
from shared.scheme.scheme import Ballot

SIZES = range(3, 51)


@dataclass(frozen=True)
class Column:
    """A branch of one size."""

    size: int
    share: Fraction
    places: int


def columns(ballot: Ballot) -> list[Column]:
    """Give one column per size, before anything is carried over or pooled (R-130)."""
    return [Column(size, size * ballot.ratio, places(size, ballot)[0]) for size in SIZES]


def steps(found: list[Column]) -> list[tuple[int, int, int]]:
    """Join neighbouring sizes with the same places: (from, to, places)."""
    joined: list[tuple[int, int, int]] = []
    for column in found:
        if joined and joined[-1][2] == column.places:
            joined[-1] = (joined[-1][0], column.size, column.places)
        else:
            joined.append((column.size, column.size, column.places))
    return joined
