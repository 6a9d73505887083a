"""Who may report and answer a difficulty, and when."""

from dataclasses import replace
from uuid import UUID

from services.pledge.difficulty.domain import Difficulty, DifficultyState
from services.pledge.pledge.domain import Pledge, PledgeState
from shared.errors import Invalid, RuleBroken

LONGEST = 1000


class PledgeNotOpen(RuleBroken):
    """公示后、办结前的承诺才能反映困难。"""


class ReportNeedsReason(Invalid):
    """代他人反映困难须写明来由，如本人口述。"""


class AlreadySolved(RuleBroken):
    """这个困难已经解决。"""


class OwnDifficulty(RuleBroken):
    """自己反映的困难由其他人答复；支部负责人的困难由上级党组织答复。"""


def report(pledge: Pledge, *, by: UUID, entry_reason: str, together: bool = False) -> None:
    """Refuse a difficulty with a pledge that does not bind; `together` says that one makes it with the pledger.

    Raises `PledgeNotOpen`, `ReportNeedsReason`.
    """
    own = together or pledge.person_id in {None, by}
    if pledge.published_version is None or pledge.state is not PledgeState.OPEN:
        raise PledgeNotOpen
    if not own and not entry_reason.strip():
        raise ReportNeedsReason


def answer(difficulty: Difficulty, outcome: DifficultyState, *, by: UUID, mine: bool = False) -> Difficulty:
    """Give what becomes of it by an answer; `mine` says that who gives it makes the pledge, alone or with others.

    Raises `AlreadySolved`, `OwnDifficulty`.
    """
    if difficulty.state is DifficultyState.SOLVED:
        raise AlreadySolved
    if mine or by == difficulty.person_id:
        raise OwnDifficulty
    return replace(difficulty, state=outcome)
