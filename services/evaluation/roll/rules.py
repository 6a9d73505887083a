"""Who is on a roll, what keeps a ballot from being electronic, who gets a credential, and when it is erased."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.evaluation.award.domain import AwardState
from services.evaluation.election.domain import Election, ElectionState
from services.evaluation.meeting.domain import Attendee, Presence
from services.evaluation.meeting.rules import is_entitled
from services.evaluation.roll.domain import Elector, Roll, Way
from shared.errors import NotFound
from shared.scheme import Scheme
from shared.voting import roll
from shared.voting.secrecy import fewest

SETTLED = frozenset({AwardState.PUBLISHED, AwardState.WITHHELD, AwardState.STOPPED, AwardState.REVOKED})
"""No objection can come any more, or what came is decided."""


class NotAnElector(NotFound):
    """您不在本次电子投票的选民名单中；名单以发起投票时的签到为准，其后到会的请领取纸质选票。"""


class VotesOnPaper(NotFound):
    """您在本次投票中使用纸质选票，请向监票人领取。"""


def voters(attendees: Sequence[Attendee], scheme: Scheme) -> list[Attendee]:
    """Give who may vote electronically by the scheme: those present who have a vote, or all who have one."""
    everybody = scheme.ballot.electors == "entitled"
    return [one for one in attendees if is_entitled(one, scheme) and (everybody or one.presence is Presence.PRESENT)]


def obstacles(attendees: Sequence[Attendee], scheme: Scheme, channel: str, on_paper: Sequence[UUID]) -> list[str]:
    """List what keeps a ballot from being held by a channel, each a Chinese sentence; nothing keeps one from paper."""
    if channel == "paper":
        return []
    found = []
    if channel == "electronic" and on_paper:
        found.append("电子投票不发纸质选票；有人使用纸质选票的，请选择“电子与纸质并用”。")
    names = {one.person_id: one.name for one in attendees}
    here = {one.person_id for one in attendees if is_entitled(one, scheme) and one.presence is Presence.PRESENT}
    found += [
        f"{names.get(one, '所选的人')}不是出席本次会议的投票人，不能领取纸质选票。"
        for one in dict.fromkeys(on_paper)
        if one not in here
    ]
    number = sum(way is Way.ELECTRONIC for way in ways(attendees, scheme, channel, on_paper).values())
    least = fewest(scheme.ballot.secrecy_minimum)
    if number < least:
        found.append(f"使用电子投票的只有{number}人，少于规定的{least}人，结果会暴露个人的选择；请改用纸质投票。")
    return found


def ways(attendees: Sequence[Attendee], scheme: Scheme, channel: str, on_paper: Sequence[UUID]) -> dict[UUID, Way]:
    """Say how each elector votes; a paper ballot has no roll."""
    if channel == "paper":
        return {}
    paper = set(on_paper) if channel == "mixed" else set()
    return {one.person_id: Way.PAPER if one.person_id in paper else Way.ELECTRONIC for one in voters(attendees, scheme)}


def released(election: Election, elector: Elector | None) -> bytes:
    """Give the sealed credential of an elector while it is of use.

    Raises `NotAnElector`, `VotesOnPaper`, `VotingOver`, `CredentialErased`.
    """
    if elector is None:
        raise NotAnElector
    if elector.channel is Way.PAPER:
        raise VotesOnPaper
    over = election.state not in {ElectionState.CALLED, ElectionState.OPENED}
    return roll.released(elector.credential, over=over)


def erasable(roll: Roll, election: Election, awards: Sequence[AwardState], today: date) -> bool:
    """Say whether nothing can depend on a roll's credentials any more.

    That is so when the ballot is void, when all awards that came of its count are settled (none did, where nobody
    won), or when the scheme's months are over.
    """
    if roll.erased_at is not None:
        return False
    if election.annulled_at is not None or today >= roll.erase_on:
        return True
    return election.counted_at is not None and all(state in SETTLED for state in awards)
