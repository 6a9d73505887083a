"""What an eye sees of the wall, and how much may be printed at once."""

from math import ceil

from services.pledge.publication.domain import Scope
from shared.errors import NotFound, RuleBroken

MOST_ON_PAPER = 300
FURTHEST = 20
"""So many pages can be asked for by number; further ones follow from the page before."""


class NotOnWall(NotFound):
    """没有这份承诺，或者它没有向您公示。"""


class NothingToPrint(RuleBroken):
    """没有审诺通过的承诺可供打印。"""


class TooManyToPrint(RuleBroken):
    """一次最多打印300份，请按党支部分别打印。"""


def scopes(*, at_school: bool) -> list[Scope]:
    """Give the scopes that are open everywhere: the school's to who belongs to it (R-058)."""
    return [Scope.PUBLIC, Scope.SCHOOL] if at_school else [Scope.PUBLIC]


def pages(total: int, size: int) -> int:
    """Give how many pages a number of pledges fills; an empty wall has one."""
    return max(1, ceil(total / size))


def clamped(page: int, last: int, *, follows: bool = False) -> int:
    """Give the nearest page that there is; without the page before it not beyond `FURTHEST`."""
    return min(max(page, 1), last if follows else min(last, FURTHEST))


def check_printable(count: int) -> None:
    """Refuse an empty or an endless print. Raises `NothingToPrint`, `TooManyToPrint`."""
    if not count:
        raise NothingToPrint
    if count > MOST_ON_PAPER:
        raise TooManyToPrint
