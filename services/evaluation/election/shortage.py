"""Places that too few passed for: when the branch may vote on them once more or agree to fewer (requirements 2.1)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from services.evaluation.election import rules
from services.evaluation.election.domain import Election, ElectionState, Standing
from services.evaluation.meeting.domain import Meeting, MeetingState
from shared.errors import RuleBroken
from shared.scheme.scheme import Scheme

MAJORITY = Fraction(1, 2)
SECOND_ROUND, REDUCE = "second_round", "reduce"
REPEATS = {"void", "annulled"}
"""Why a ballot is called that repeats the one before."""


class NoSecondRound(RuleBroken):
    """现在不能另行选举。"""


class CannotReduce(RuleBroken):
    """现在不能减少名额。"""


@dataclass(frozen=True)
class Shortage:
    """Places that too few passed for, after a count and the re-votes that complete it."""

    source: Election
    elected: int
    """in the source and in what completes it"""
    leaders: int | None
    """how many of the places leaders may still take; none without a cap"""

    @property
    def places(self) -> int:
        """Say how many places are left."""
        return self.source.short

    def standing(self, fit: Collection[UUID]) -> list[Standing]:
        """Give who may stand: those who did not pass and are still fit, leaders only while the cap has room."""
        below = set(self.source.below) & set(fit)
        return [
            one for one in self.source.standing() if one.person_id in below and (self.leaders != 0 or not one.leader)
        ]


def of(chain: Sequence[Election]) -> Shortage | None:
    """Find the shortage of a meeting's votes; none while one is under way, or once the branch has dealt with it."""
    if not chain or chain[-1].state is not ElectionState.COUNTED or chain[-1].tied:
        return None
    counts = [place for place, one in enumerate(chain) if one.stands and not one.completes]
    if not counts or not chain[counts[-1]].short:
        return None
    source = chain[counts[-1]]
    elected = [one for each in chain[counts[-1] :] if each.stands for one in each.seated]
    cap = source.leader_places
    leaders = None if cap is None else max(0, cap - sum(one.leader for one in elected))
    return Shortage(source, len(elected), leaders)


def offered(meeting: Meeting, scheme: Scheme, chain: Sequence[Election]) -> Shortage | None:
    """Give the shortage that the scheme lets the branch deal with now; none where there is nothing to do."""
    found, kind = of(chain), scheme.ballot.shortfall
    if found is None or kind not in {SECOND_ROUND, REDUCE} or obstacles(meeting, scheme, kind, found):
        return None
    return found


def lost(chain: Sequence[Election], *, resolved: bool) -> dict[UUID, int]:
    """Give by void re-vote or second round the places that stay empty because nobody repeats it.

    The last vote of a meeting may still be repeated, until the branch has `resolved` not to. What is void with the
    count that it completes leaves nothing empty: the branch votes anew on all places.
    """
    repeated = {one.follows_id for one in chain if one.reason in REPEATS}
    return {
        one.id: one.places
        for one in chain
        if one.completes and one.annulled_at and one.id not in repeated and not rules.voids(chain, one)
        if resolved or one is not chain[-1]
    }


def empty(chain: Sequence[Election], election: Election, *, resolved: bool) -> int:
    """Say how many places of a count stay empty, with those of a void vote that was to fill them (decision 23)."""
    gone = lost(chain, resolved=resolved)
    mine = [one.id for one in chain if (count := rules.source(chain, one)) and count.id == election.id]
    return election.empty + sum(gone.get(one, 0) for one in mine)


def obstacles(meeting: Meeting, scheme: Scheme, kind: str, found: Shortage | None) -> list[str]:
    """List what keeps a branch from dealing with a shortage in the way `kind`; none where it may."""
    wrong = []
    if meeting.state is not MeetingState.OPEN:
        wrong.append("会议不在召开中。")
    if scheme.ballot.shortfall != kind:
        wrong.append(f"制度方案没有规定{'另行选举' if kind == SECOND_ROUND else '减少名额'}。")
    if found is None:
        wrong.append("没有因得票未过半数而空缺的名额，或者投票尚未结束，或者已经处理。")
    return wrong


def agreement(found: Shortage, agreed: int) -> list[str]:
    """List what is wrong with the agreement to fewer places: over half of those entitled must agree (decision 23)."""
    source = found.source
    if agreed > source.entitled:
        return [f"同意的人数多于应到会人数（{source.entitled}人）。"]
    if agreed <= source.entitled * MAJORITY:
        return [f"应到会{source.entitled}人，同意{agreed}人，没有超过半数。"]
    return []


def moved_on(found: Shortage, places: int, *, by: UUID, at: datetime) -> Election:
    """Give the count with the note that the branch votes once more, on so many of the places left."""
    return _remedied(found, places, f"名额未取足，另行选举{places}名。", {"kind": SECOND_ROUND}, by=by, at=at)


def reduced(found: Shortage, agreed: int, reason: str, *, by: UUID, at: datetime) -> Election:
    """Give the count with the note that the branch agreed to fewer places, with how many and why."""
    source = found.source
    left = source.places - found.places
    note = (
        f"过半数的人少于名额，经表决，有表决权的党员（应到会{source.entitled}人）{agreed}人同意，"
        f"名额由{source.places}名减为{left}名。理由：{reason}"
    )
    facts = {"kind": REDUCE, "agreed": agreed, "reason": reason}
    return _remedied(found, found.places, note, facts, by=by, at=at)


def _remedied(found: Shortage, places: int, note: str, facts: dict[str, Any], *, by: UUID, at: datetime) -> Election:
    outcome = found.source.outcome or {}
    remedy = {**facts, "places": places, "note": note, "by": str(by), "at": at.isoformat()}
    left = found.source.empty - places
    notes = [*outcome.get("notes", []), note]
    return replace(found.source, outcome={**outcome, "empty": left, "notes": notes, "short": 0, "remedy": remedy})
