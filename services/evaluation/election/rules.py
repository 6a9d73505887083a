"""When a ballot may be called, who stands on it, and how what ballot tells moves it forward."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

from services.evaluation.election.domain import ORDER, Election, ElectionState
from services.evaluation.eligibility.domain import Reviewed
from services.evaluation.meeting.domain import Attendee, Capacity, Meeting, MeetingState, Presence
from services.evaluation.meeting.rules import Count
from shared.directory.domain import PARTY, Person
from shared.errors import Invalid, RuleBroken

TELLERS = 2


class CannotCall(RuleBroken):
    """现在还不能发起投票。"""


class ReasonNeeded(Invalid):
    """请写明本季度不评选的原因。"""


@dataclass(frozen=True)
class Readiness:
    """What calling a ballot is judged by."""

    meeting: Meeting
    ballot: str | None
    """state of the newest ballot of the meeting"""
    count: Count
    gaps: Sequence[str]
    """what the roll lacks; cannot be overridden"""
    missing: Sequence[str]
    """presentations and comments that are missing; may be overridden with a reason (R-133)"""
    reviewed: Sequence[Reviewed]
    attendees: Sequence[Attendee]
    declined: Sequence[UUID]
    places: int | None
    """none where the quota could not be worked out"""
    quota_problem: str = ""


def candidates(reviewed: Sequence[Reviewed], declined: Sequence[UUID]) -> list[Person]:
    """Give who stands, in 姓氏笔画 order: nothing in the way, and not declared that they do not stand."""
    return [one.person for one in reviewed if one.stands and one.person.id not in set(declined)]


def obstacles(ready: Readiness, tellers: Sequence[UUID], exceptions_reason: str) -> list[str]:
    """List everything that keeps a ballot from being called, each a Chinese sentence."""
    found = before_tellers(ready)
    if ready.missing and not exceptions_reason:
        found += [f"{line}（确需先投票的，须写明原因。）" for line in ready.missing]
    return found + teller_obstacles(ready, tellers)


def before_tellers(ready: Readiness) -> list[str]:
    """List what stands in the way whoever counts."""
    found = []
    repeat = ready.ballot == ElectionState.ANNULLED
    if ready.meeting.state is not MeetingState.OPEN and not (repeat and ready.meeting.state is MeetingState.CLOSED):
        found.append("会议不在召开中。")
    if ready.ballot == "no_election":
        found.append("支部已决定本季度不评选。")
    elif ready.ballot is not None and not repeat:
        found.append("本次会议已经发起过投票。")
    found += ready.gaps
    if not ready.count.quorate or not ready.count.present:
        found.append(
            f"到会人数不够：应到会{ready.count.entitled}人，实到会{ready.count.present}人，"
            f"至少须到{ready.count.needed}人。"
        )
    undecided = [one.person.name for one in ready.reviewed if any(obstacle.undecided for obstacle in one.obstacles)]
    if undecided:
        found.append(f"系统提示的情形尚未认定：{'、'.join(undecided)}。")
    if not candidates(ready.reviewed, ready.declined):
        found.append("没有候选人。")
    elif ready.places == 0:
        found.append("按制度方案计算，本季度名额为0；可以作出本季度不评选的决定。")
    return [*found, *([ready.quota_problem] if ready.quota_problem else [])]


def teller_obstacles(ready: Readiness, tellers: Sequence[UUID]) -> list[str]:
    """List what is wrong with the tellers: two different members, present, neither a candidate (requirements 2.3)."""
    found = []
    if len(tellers) != TELLERS or len(set(tellers)) != TELLERS:
        found.append("监票人须为不同的两人。")
    standing = {one.id: one for one in candidates(ready.reviewed, ready.declined)}
    fit = {one.person_id: one for one in tellers_available(ready.attendees)}
    names = {one.person_id: one.name for one in ready.attendees}
    for teller in dict.fromkeys(tellers):
        if teller not in fit:
            found.append(f"{names.get(teller, '所选的人')}不是出席本次会议的党员，不能担任监票人。")
        if teller in standing:
            found.append(f"{standing[teller].name}是候选人，不能担任监票人；本人声明不参选后方可担任。")
    return found


def tellers_available(attendees: Sequence[Attendee]) -> list[Attendee]:
    """Give the members who are present; who of them is a candidate cannot be a teller."""
    return [
        one
        for one in attendees
        if one.capacity is Capacity.MEMBER and one.standing in PARTY and one.presence is Presence.PRESENT
    ]


def listed(people: Sequence[Person]) -> list[dict[str, Any]]:
    """Write the candidates as the ballot carries them; who shares a name with another is told apart by number."""
    names = Counter(person.name for person in people)
    return [
        {
            "person_id": str(person.id),
            "name": person.name,
            "note": f"学工号{person.number}" if names[person.name] > 1 else "",
            "leader": person.leader,
        }
        for person in people
    ]


def source(chain: Sequence[Election], election: Election) -> Election | None:
    """Find the count that a re-vote or a second round completes; none for a vote on its own places."""
    earlier = list(takewhile(lambda one: one.id != election.id, chain))
    sources = [one for one in earlier if (one.tied if election.again else not one.completes)]
    return sources[-1] if election.completes and sources else None


def voids(chain: Sequence[Election], election: Election) -> bool:
    """Say whether the count that a re-vote or a second round completes was annulled: then it is void with it."""
    found = source(chain, election)
    return found is not None and found.annulled_at is not None


def resolution(chain: Sequence[Election]) -> str:
    """Say what a resolution not to vote means: nobody is elected, or who was elected before stays alone."""
    return "其余名额不再投票" if any(one.stands for one in chain) else "本季度不评选"


def advanced(election: Election, state: ElectionState, at: datetime, **facts: Any) -> Election:
    """Move an election forward by what was heard, in whatever order events arrive; a step is noted once."""
    field = f"{state}_at"
    if getattr(election, field) is not None:
        return election
    later = max(election.state, state, key=ORDER.index)
    return replace(election, state=later, **{field: at, **facts})
