"""In which order measures may be taken, who is heard first, and how a rectification is accepted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.pledge.measure.domain import KIND_NAMES, TAKEN, Kind, Measure, MeasureState
from services.pledge.pledge.domain import Pledge, PledgeState
from shared.errors import Invalid, RuleBroken

LONGEST = 2000


class NotOnLadder(RuleBroken):
    """本方案没有这种督促措施。"""


class RungSkipped(Invalid):
    """应按方案的次序先采取前面的措施；越过的须写明原因。"""


class PledgeNotPublic(RuleBroken):
    """承诺公示以后才能采取督促措施。"""


class OwnMeasure(RuleBroken):
    """不能对自己的承诺采取督促措施。"""


class HearingOver(RuleBroken):
    """这项措施已经听取过意见或已经办理。"""


class OnlySelfWaives(Invalid):
    """只有本人（党组织由其负责同志）可以表示不陈述意见；代为录入的，须写明本人的意见。"""


class ReplyNeedsSource(Invalid):
    """代为录入意见须写明来由，如据本人书面材料、本人口述。"""


class SecondPerson(RuleBroken):
    """录入意见的人不能作出决定，须由另一人决定。"""


class NeedsAnnouncement(Invalid):
    """向党员群众通报须写明公布的内容；只有这些内容向本组织公布。"""


class NotHeard(RuleBroken):
    """作出决定前须听取本人意见；本人在期限内没有陈述的，期满后可以决定。"""


class AlreadyDecided(RuleBroken):
    """这项措施已经办理，不能再次决定。"""


class NeedsTerm(Invalid):
    """责令限期整改须写明期限，且不早于今天。"""


class NothingToAccept(RuleBroken):
    """只有已决定、尚未验收的限期整改才能验收。"""


def check_order(kind: Kind, ladder: Sequence[str], earlier: Sequence[Measure], skip_reason: str) -> None:
    """Refuse a rung that the scheme does not have, or one before whose turn it is without a reason (C8).

    Help is no measure against anybody, and is given under every scheme (R-073).
    Raises `NotOnLadder`, `RungSkipped` with the rungs left out.
    """
    if kind is Kind.HELP:
        return
    if kind not in ladder:
        raise NotOnLadder
    if missing := left_out(kind, ladder, earlier):
        if skip_reason.strip():
            return
        raise RungSkipped(details=[f"尚未采取：{KIND_NAMES[rung]}。" for rung in missing])


def left_out(kind: Kind, ladder: Sequence[str], earlier: Sequence[Measure]) -> list[Kind]:
    """Give the rungs below one that were never taken on this pledge."""
    taken = {measure.kind for measure in earlier if measure.state in TAKEN}
    return [Kind(rung) for rung in ladder[: list(ladder).index(kind)] if rung not in taken]


def check_pledge(pledge: Pledge, *, by: UUID, together: bool = False) -> None:
    """Refuse a measure on what is not public, or on one's own; `together` says that one makes it with the pledger.

    Raises `PledgeNotPublic`, `OwnMeasure`.
    """
    if pledge.published_version is None or pledge.state is PledgeState.WITHDRAWN:
        raise PledgeNotPublic
    if together or pledge.person_id == by:
        raise OwnMeasure


def begin(measure: Measure, on: date | None, now: datetime) -> Measure:
    """Begin a measure: help is recorded as given, everything else waits for the reply."""
    if measure.kind is not Kind.HELP:
        return measure
    return replace(
        measure, state=MeasureState.DECIDED, reply_by_on=None, decided_by=measure.proposed_by, decided_at=now,
        decided_on=on,
    )  # fmt: skip


def hear(measure: Measure, *, by: UUID, concerned: bool, waived: bool, source: str, now: datetime) -> Measure:
    """Take the reply, or the waiver of who is concerned: the pledger, or an officer of the organisation itself.

    Another enters a reply with its source. Raises `HearingOver`, `OnlySelfWaives`, `ReplyNeedsSource`.
    """
    if measure.state is not MeasureState.PROPOSED:
        raise HearingOver
    if waived and not concerned:
        raise OnlySelfWaives
    if not concerned and not source.strip():
        raise ReplyNeedsSource
    return replace(measure, state=MeasureState.HEARD, heard_by=by, heard_at=now, waived=waived)


def decide(
    measure: Measure, *, by: UUID, due_on: date | None, announcement: str = "", now: datetime, today: date
) -> Measure:
    """Decide after the hearing, as another than who entered the reply.

    Raises `AlreadyDecided`, `OwnMeasure`, `SecondPerson`, `NotHeard`, `NeedsTerm`, `NeedsAnnouncement`.
    """
    _open(measure, by)
    if measure.heard_by == by:
        raise SecondPerson
    silent = measure.reply_by_on is not None and measure.reply_by_on < today
    if measure.state is MeasureState.PROPOSED and not silent:
        raise NotHeard
    if measure.kind is Kind.RECTIFY and (due_on is None or due_on < today):
        raise NeedsTerm
    if measure.kind is Kind.ANNOUNCE and not announcement.strip():
        raise NeedsAnnouncement
    return replace(
        measure, state=MeasureState.DECIDED, decided_by=by, decided_at=now, decided_on=today,
        due_on=due_on if measure.kind is Kind.RECTIFY else None,
        announcement=announcement.strip() if measure.kind is Kind.ANNOUNCE else "",
    )  # fmt: skip


def drop(measure: Measure, *, by: UUID) -> Measure:
    """Refrain from a measure. Raises `AlreadyDecided`, `OwnMeasure`."""
    _open(measure, by)
    return replace(measure, state=MeasureState.DROPPED)


def accept(measure: Measure, *, passed: bool, by: UUID, today: date) -> Measure:
    """Say whether what was to be put right was put right (R-079). Raises `NothingToAccept`, `OwnMeasure`."""
    if measure.kind is not Kind.RECTIFY or measure.state is not MeasureState.DECIDED:
        raise NothingToAccept
    if measure.person_id == by:
        raise OwnMeasure
    state = MeasureState.ACCEPTED if passed else MeasureState.FAILED
    return replace(measure, state=state, accepted_by=by, accepted_on=today)


def _open(measure: Measure, by: UUID) -> None:
    if measure.state not in {MeasureState.PROPOSED, MeasureState.HEARD}:
        raise AlreadyDecided
    if measure.person_id == by:
        raise OwnMeasure
