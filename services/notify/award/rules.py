"""How an award moves: filed, posted, published; stopped before publication, revoked after it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.notify.award.domain import STATE_NAMES, Award, Cause, State
from shared.errors import NotFound, RuleBroken

NEXT = {
    State.FILED: {State.POSTED, State.PUBLISHED, State.STOPPED},
    State.POSTED: {State.PUBLISHED, State.STOPPED},
    State.PUBLISHED: {State.REVOKED},
    State.STOPPED: set(),
    State.REVOKED: set(),
}


class AwardNotFound(NotFound):
    """没有这项评选结果，或尚未公布。"""


class AwardElsewhere(RuleBroken):
    """这项评选结果所处的环节不允许此操作。"""


def post(award: Award, notice_id: UUID) -> Award:
    """Put an award under a notice. Raises `AwardElsewhere`."""
    return replace(_move(award, State.POSTED), notice_id=notice_id)


def publish(award: Award, day: date) -> Award:
    """Publish an award, after its notice or straight from the filing where the scheme has no notice (R-173)."""
    return replace(_move(award, State.PUBLISHED), published_on=day)


def stop(award: Award, cause: Cause, day: date, reason: bytes | None) -> Award:
    """End an award before publication; nobody moves up (requirements 2.4). Raises `AwardElsewhere`."""
    return replace(_move(award, State.STOPPED), cause=cause, ended_on=day, reason=reason)


def revoke(award: Award, day: date, reason: bytes | None) -> Award:
    """Take back a published award. Raises `AwardElsewhere`."""
    return replace(_move(award, State.REVOKED), cause=Cause.REVOKED, ended_on=day, reason=reason)


def _move(award: Award, state: State) -> Award:
    if state not in NEXT[award.state]:
        raise AwardElsewhere(details=[f"当前状态为“{STATE_NAMES[award.state]}”，不能改为“{STATE_NAMES[state]}”。"])
    return replace(award, state=state)
