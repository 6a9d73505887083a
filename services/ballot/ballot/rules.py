"""When a ballot can be called and when it can be annulled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.ballot.ballot.domain import Annulment, Ballot, Candidate, Channel, State
from shared.errors import Invalid, RuleBroken
from shared.voting.group import BELENIOS_2048
from shared.voting.malformed import Malformed


class BallotCannotBeCalled(Invalid):
    """投票的安排不合要求。"""


class BallotAlreadyAnnulled(RuleBroken):
    """这次投票已经作废。"""


def check_call(
    channel: str, tellers: Sequence[UUID], candidates: Sequence[Candidate], places: int, credentials: Sequence[str] = ()
) -> None:
    """Refuse a call that cannot be carried out, with every fault (requirements 2.3). Raises `BallotCannotBeCalled`."""
    people = [candidate.person_id for candidate in candidates]
    faults = {
        f"不能办理“{channel}”方式的投票。": channel not in list(Channel),
        "监票人须为两名不同的人。": len(tellers) != 2 or len(set(tellers)) != 2,
        "候选人不得担任监票人。": not set(tellers).isdisjoint(people),
        "没有候选人。": not people,
        "同一候选人在选票上出现了两次。": len(set(people)) != len(people),
        "名额须为正整数。": places < 1,
        **credential_faults(channel, credentials),
    }
    if any(faults.values()):
        raise BallotCannotBeCalled(details=[sentence for sentence, true in faults.items() if true])


def credential_faults(channel: str, credentials: Sequence[str]) -> dict[str, bool]:
    """Say of each fault that a list of credentials can have whether it has it."""
    if channel == Channel.PAPER:
        return {"纸质投票不发电子投票凭证。": bool(credentials)}
    if channel not in list(Channel):
        return {}
    return {
        "电子投票没有投票凭证。": not credentials,
        "同一电子投票凭证出现了两次。": len(set(credentials)) != len(credentials),
        "电子投票凭证须按文字排序，不得保留选民的次序。": list(credentials) != sorted(credentials),
        "电子投票凭证不合格式。": not all(_is_element(each) for each in credentials),
    }


def _is_element(text: str) -> bool:
    try:
        return bool(BELENIOS_2048.parse(text) != 1)
    except Malformed:
        return False


def annul(ballot: Ballot, cause: Annulment, statement: str, *, by: UUID | None, at: datetime) -> Ballot:
    """Make a ballot void, before or after its count; its numbers stay as they are. Raises `BallotAlreadyAnnulled`."""
    if ballot.state is State.ANNULLED:
        raise BallotAlreadyAnnulled
    return replace(
        ballot, state=State.ANNULLED, annulment=str(cause), statement=statement, annulled_by=by, annulled_at=at
    )
