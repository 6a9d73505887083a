"""Which window of a year can be set."""

from services.pledge.pledge.window import Round
from shared.errors import Invalid, NotFound


class BadRound(Invalid):
    """承诺的时间安排有误。"""


class RoundNotFound(NotFound):
    """这一年没有另行安排时间。"""


def check(made: Round) -> None:
    """Refuse a window that cannot be. Raises `BadRound` with all obstacles."""
    found = []
    if made.closes_on < made.opens_on:
        found.append("截止日不能早于开始日。")
    if made.publish_by_on is not None and made.publish_by_on < made.opens_on:
        found.append("公示截止日不能早于开始日。")
    if not made.year - 1 <= made.opens_on.year <= made.year:
        found.append(f"{made.year}年度的承诺应在当年或上年底开始。")
    if made.closes_on.year > made.year:
        found.append(f"{made.year}年度的承诺应在当年内截止。")
    if found:
        raise BadRound(details=found)
