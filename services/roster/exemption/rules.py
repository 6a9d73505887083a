"""When an exemption may be asked for, decided and ended, and when it works."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from services.roster.exemption.domain import EFFECT_NAMES, EFFECTS, Effect, Exemption, Ground, State
from shared.directory.domain import Person
from shared.errors import RuleBroken

OPEN = {State.REQUESTED, State.CONSENTED}


class NotExemptable(RuleBroken):
    """现在不能提出这项申请。"""


class AlreadyDecided(RuleBroken):
    """这项申请已经审批过了。"""


class NotInForce(RuleBroken):
    """这项申请没有获得同意，或已经终止。"""


def requested(
    person: Person,
    ground: Ground,
    sealed: bytes,
    *,
    document: str,
    resolved_on: date | None,
    starts_on: date,
    ends_on: date | None,
    asked_by: UUID,
    now: datetime,
    others: Sequence[Exemption],
) -> Exemption:
    """Give the request of a branch (R-014). Raises `NotExemptable` with all obstacles."""
    effect = EFFECTS[ground]
    if reasons := obstacles(person, effect, resolved_on, starts_on, ends_on, others):
        raise NotExemptable(details=reasons)
    return Exemption(
        tenant_id=person.tenant_id,
        id=uuid4(),
        person_id=person.id,
        organization_id=person.organization_id,
        effect=effect,
        sealed=sealed,
        document=document,
        resolved_on=resolved_on,
        starts_on=starts_on,
        ends_on=ends_on,
        state=State.REQUESTED,
        applied=False,
        asked_by=asked_by,
        asked_at=now,
    )


def obstacles(
    person: Person,
    effect: Effect,
    resolved_on: date | None,
    starts_on: date,
    ends_on: date | None,
    others: Sequence[Exemption],
) -> list[str]:
    """List why a request cannot be made."""
    found = []
    if not person.is_member:
        found.append(f"{person.name}不是在册党员。")
    if any(each.effect is effect and each.state in OPEN for each in others):
        found.append(f"{person.name}已有一项“{EFFECT_NAMES[effect]}”，尚未终止。")
    if effect is Effect.UNCOUNTED and resolved_on is None:
        found.append("不计入应到会须经党员大会通过，请填写通过日期。")
    if ends_on is not None and ends_on < starts_on:
        found.append("结束日期不能早于开始日期。")
    return found


def decided(
    exemption: Exemption, *, consents: bool, decision: str, decided_by: UUID, now: datetime, today: date
) -> Exemption:
    """Give the request as the superior decided it; it works only from a consent on. Raises `AlreadyDecided`."""
    if exemption.state is not State.REQUESTED:
        raise AlreadyDecided
    state = State.CONSENTED if consents else State.REFUSED
    after = replace(exemption, state=state, decided_by=decided_by, decided_at=now, decision=decision)
    return settled(after, today)


def ended(exemption: Exemption) -> Exemption:
    """Give the exemption ended before its time. Raises `NotInForce`."""
    if exemption.state is not State.CONSENTED:
        raise NotInForce
    return replace(exemption, state=State.ENDED, applied=False)


def settled(exemption: Exemption, today: date) -> Exemption:
    """Give the exemption as it stands on a day: begun when its day has come, ended when its last day is over."""
    if exemption.state is not State.CONSENTED:
        return exemption
    if exemption.ends_on is not None and exemption.ends_on < today:
        return replace(exemption, state=State.ENDED, applied=False)
    return replace(exemption, applied=exemption.starts_on <= today)


def borne(person: Person, exemption: Exemption) -> Person:
    """Give the person as the exemption leaves them."""
    if exemption.effect is Effect.EXEMPT:
        return replace(person, exempt=exemption.applied)
    return replace(person, counted=not exemption.applied)
