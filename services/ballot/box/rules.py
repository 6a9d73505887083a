"""When an electronic ballot can be opened, what its sealed box becomes, and which results can be true."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from services.ballot.ballot import rules as ballots
from services.ballot.ballot.domain import Annulment, Ballot, State
from services.ballot.paper.arithmetic import differences
from shared.errors import Refusal, RuleBroken
from shared.voting.secrecy import fewest

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class KeyNotReady(RuleBroken):
    """计票密钥正在生成，请稍候再试。"""


class AddressNotSecure(RuleBroken):
    """系统的网址不是加密的（https），手机上的投票页面不能加密选票。请管理员改用 https 网址，或者作废后改用纸质投票。"""


class TooFewElectors(RuleBroken):
    """电子投票的人数不足，一经计票就可能看出各人的选择，不能开始。请宣布作废，改用纸质投票。"""


class ResultImpossible(Exception):  # noqa: N818 — a defect, or trustees that agreed on a lie
    """The decrypted numbers cannot come from ballots whose proofs hold."""


def is_secure(base_url: str) -> bool:
    """Say whether a browser lets pages of this address encrypt: https, or the machine itself."""
    address = urlsplit(base_url)
    return address.scheme == "https" or address.hostname in LOOPBACK


def require_ready(ballot: Ballot, *, has_key: bool, secure: bool) -> None:
    """Refuse to open an electronic ballot that cannot be carried through; the first obstacle names the others.

    Raises `KeyNotReady`, `AddressNotSecure`, `TooFewElectors`.
    """
    few = TooFewElectors(details=[f"电子投票{ballot.electronic}人，为保守秘密须不少于{least(ballot)}人。"])
    obstacles: list[tuple[bool, Refusal]] = [
        (ballot.electronic < least(ballot), few),
        (not secure, AddressNotSecure()),
        (not has_key, KeyNotReady()),
    ]
    found = [refusal for true, refusal in obstacles if true]
    if found:
        first, *others = found
        first.details += [other.message for other in others]
        raise first


def least(ballot: Ballot) -> int:
    """Give how many electronic ballots there must be, by the scheme and for secrecy's sake."""
    return fewest(ballot.secrecy_minimum)


def close_by_clock(ballot: Ballot, *, at: datetime) -> Ballot:
    """End the vote at its deadline; what differs is said when the box is sealed."""
    return replace(ballot, state=State.CLOSING, returned=0, closed_at=at)


def seal(ballot: Ballot, tallied: int, *, absent_vote: bool = False, at: datetime) -> Ballot:
    """Seal a box in which `tallied` electors' ballots lie: on to the papers, or at once to the decryption.

    Too few ballots are never decrypted: the ballot is void. Differences that nobody explained are set down as they are.
    """
    counted = replace(
        ballot, tallied=tallied, explanation=ballot.explanation or _explanation(ballot, tallied, absent_vote)
    )
    if tallied < least(ballot):
        statement = (
            f"票箱中的电子选票只有{tallied}张，不足{least(ballot)}张，为保守投票秘密不予解密，"
            "本次投票无效，应当重新投票。"
        )
        return ballots.annul(counted, Annulment.TOO_FEW_BALLOTS, statement, by=None, at=at)
    return replace(counted, state=State.CLOSED if ballot.issued else State.TALLYING)


def _explanation(ballot: Ballot, tallied: int, absent_vote: bool) -> str:
    found = differences(ballot, ballot.returned or 0, tallied, absent_vote=absent_vote)
    if not found:
        return ""
    return ("投票到截止时间自动结束。" if ballot.closes_at else "") + "".join(found)


def count(ballot: Ballot, blank: int, *, at: datetime) -> Ballot:
    """Let the count of both channels stand."""
    papers = (ballot.valid or 0, ballot.invalid or 0, ballot.abstained or 0)
    valid, invalid, abstained = papers
    return replace(
        ballot,
        state=State.COUNTED,
        blank=blank,
        valid=valid,
        invalid=invalid,
        abstained=abstained,
        counted_at=at,
    )


def check_result(ballot: Ballot, blank: int, votes: Sequence[int], *, exactly: bool) -> None:
    """Refuse numbers that ballots of good form cannot give. Raises `ResultImpossible`."""
    marked = (ballot.tallied or 0) - blank
    least_each = ballot.choices if exactly else 1
    possible = (
        0 <= blank <= (ballot.tallied or 0)
        and all(0 <= each <= marked for each in votes)
        and marked * least_each <= sum(votes) <= marked * ballot.choices
    )
    if not possible:
        raise ResultImpossible
