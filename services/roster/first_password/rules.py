"""How an initial password is drawn, and for which people at a time."""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence

from services.roster.first_password.domain import Place, Waiting, Whom
from services.roster.session.rules import below
from shared.errors import RuleBroken

LETTERS = "bcdfghjkmnpqrstvwxyz"
"""Small letters alone, which a telephone types without changing its keyboard. None reads as another or as a digit (i, l
and o are left out), and without a, e and u no word and no pinyin comes of them by chance."""
LENGTH = 12
"""Twelve of twenty letters: 51 bits, against pauses that grow with every wrong try."""
AT_MOST = 100
"""So many slips a request: each costs 60 ms of a processor, and a busy machine, too, must answer within a minute."""


class NobodyWaits(RuleBroken):
    """没有需要生成初始密码条的人。"""


class SlipsUnderway(RuleBroken):
    """正在为本校生成另一批初始密码条，请稍后再试。"""


def drawn(count: int) -> list[str]:
    """Draw so many initial passwords, no two alike."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(secrets.choice(LETTERS) for _ in range(LENGTH))] = None
    return list(found)


def parted(waiting: Sequence[Waiting], reach: Sequence[str] | None) -> tuple[list[Waiting], list[Waiting]]:
    """Part those to whom slips may be made from those whose office is not below; `reach` as paths, none for anybody.

    The same rule as for a single password: nobody gives one to who stands beside or above.
    """
    if reach is None:
        return list(waiting), []
    lower: list[Waiting] = []
    higher: list[Waiting] = []
    for each in waiting:
        (lower if below(reach, each.offices) else higher).append(each)
    return lower, higher


def chosen(waiting: Iterable[Waiting], whom: Whom) -> tuple[list[Waiting], int]:
    """Give for whom slips are made now, in the order given, and how many of the group are left for the next request.

    Of those with an unused password, whose is the oldest come first, so that asking again comes round to everybody.
    Raises `NobodyWaits`.
    """
    group = [each for each in waiting if each.group is whom]
    if not group:
        raise NobodyWaits
    first = sorted(group, key=lambda each: each.given_at.timestamp() if each.given_at else 0)[:AT_MOST]
    now = {each.id for each in first}
    return [each for each in group if each.id in now], len(group) - len(first)


def places(waiting: Sequence[Waiting]) -> list[Place]:
    """Give the organisations of those who wait, in the order given, each with its numbers."""
    counted = Counter((each.organization_id, each.group) for each in waiting)
    names = {each.organization_id: each.organization for each in waiting}
    return [
        Place(place, name, counted[place, Whom.WITHOUT], counted[place, Whom.UNUSED]) for place, name in names.items()
    ]
