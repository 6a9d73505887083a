"""When a ballot can be called and when it can be annulled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.ballot.ballot.domain import Annulment, Ballot, Candidate, State
from shared.errors import Invalid, RuleBroken

CHANNELS = {"paper"}


class BallotCannotBeCalled(Invalid):
    """投票的安排不合要求。"""


class BallotAlreadyAnnulled(RuleBroken):
    """这次投票已经作废。"""


def check_call(channel: str, tellers: Sequence[UUID], candidates: Sequence[Candidate], places: int) -> None:
    """Refuse a call that cannot be carried out, with every fault (requirements 2.3). Raises `BallotCannotBeCalled`."""
    people = [candidate.person_id for candidate in candidates]
    faults = {
        f"不能办理“{channel}”方式的投票。": channel not in CHANNELS,
        "监票人须为两名不同的人。": len(tellers) != 2 or len(set(tellers)) != 2,
        "候选人不得担任监票人。": not set(tellers).isdisjoint(people),
        "没有候选人。": not people,
        "同一候选人在选票上出现了两次。": len(set(people)) != len(people),
        "名额须为正整数。": places < 1,
    }
    if any(faults.values()):
        raise BallotCannotBeCalled(details=[sentence for sentence, true in faults.items() if true])


def annul(ballot: Ballot, cause: Annulment, statement: str, *, by: UUID | None, at: datetime) -> Ballot:
    """Make a ballot void, before or after its count; its numbers stay as they are. Raises `BallotAlreadyAnnulled`."""
    if ballot.state is State.ANNULLED:
        raise BallotAlreadyAnnulled
    return replace(
        ballot, state=State.ANNULLED, annulment=str(cause), statement=statement, annulled_by=by, annulled_at=at
    )
