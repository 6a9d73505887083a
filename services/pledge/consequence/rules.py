"""The ladder of R-100: 批评教育 first, 组织处理 only after a refusal to mend, the member heard, another decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.pledge.appraisal.domain import Appraisal, AppraisalState
from services.pledge.consequence.domain import Consequence, ConsequenceState, Step
from shared.errors import Invalid, NotAllowed, NotFound, RuleBroken

LONGEST = 2000


class ConsequenceNotFound(NotFound):
    """没有这项处理。"""


class NotProposable(RuleBroken):
    """现在不能提出。"""


class TooShortToReply(Invalid):
    """申辩期限至少到明天。"""


class HeardAlready(RuleBroken):
    """申辩已经记录，或已经作出决定。"""


class NotHeardYet(RuleBroken):
    """本人还没有申辩，申辩期限也没有过，不能决定。"""


class DecidedAlready(RuleBroken):
    """已经作出决定，或不再进行。"""


class AnotherDecides(NotAllowed):
    """提出的人不能自己决定，须由其他支部委员或上级决定。"""


class HandledFromAbove(NotAllowed):
    """组织处理由上级党组织决定。"""


def check_proposed(
    appraisal: Appraisal, step: Step, earlier: Sequence[Consequence], *, reply_by_on: date, today: date
) -> UUID:
    """Refuse a step out of order; give the member whom it concerns.

    Raises `NotProposable` with every obstacle, `TooShortToReply`.
    """
    found = []
    if appraisal.person_id is None:
        found.append("党组织的承诺不适用。")
    if appraisal.state is not AppraisalState.DECIDED:
        found.append("评定以后才能提出。")
    if any(one.step is step and one.state is not ConsequenceState.DROPPED for one in earlier):
        found.append("同一步骤已经提出。")
    if step is Step.HANDLING and not any(
        one.step is Step.EDUCATION and one.state is ConsequenceState.DECIDED for one in earlier
    ):
        found.append("经批评教育、拒不改正的，才能提出组织处理。")
    if found or appraisal.person_id is None:
        raise NotProposable(details=found)
    if reply_by_on <= today:
        raise TooShortToReply
    return appraisal.person_id


def hear(consequence: Consequence, sealed: bytes, by: UUID, at: datetime) -> Consequence:
    """Keep the reply. Raises `HeardAlready`."""
    if consequence.state is not ConsequenceState.PROPOSED:
        raise HeardAlready
    return replace(consequence, state=ConsequenceState.HEARD, sealed=sealed, heard_by=by, heard_at=at)


def decide(
    consequence: Consequence, sealed: bytes, *, carried: bool, above: bool, by: UUID, at: datetime, today: date
) -> Consequence:
    """Decide, or let it rest. Raises `DecidedAlready`, `AnotherDecides`, `HandledFromAbove`, `NotHeardYet`."""
    if consequence.state in {ConsequenceState.DECIDED, ConsequenceState.DROPPED}:
        raise DecidedAlready
    if by in {consequence.proposed_by, consequence.person_id}:
        raise AnotherDecides
    if consequence.step is Step.HANDLING and not above:
        raise HandledFromAbove
    if carried and consequence.state is not ConsequenceState.HEARD and today <= consequence.reply_by_on:
        raise NotHeardYet
    state = ConsequenceState.DECIDED if carried else ConsequenceState.DROPPED
    return replace(consequence, state=state, sealed=sealed, decided_by=by, decided_at=at, decided_on=today)
