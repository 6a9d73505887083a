"""What may happen to a finding: hearing before decision, never by one person alone, review above (requirements 2.5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from services.evaluation.finding.domain import Finding, FindingState
from shared import period
from shared.directory.domain import Person
from shared.errors import Invalid, NotAllowed, RuleBroken
from shared.scheme.scheme import Condition

COMMITTEE = 2
"""A decision has at least so many participants: not the secretary alone."""
YEARS_AHEAD = 10


class UnknownCondition(Invalid):
    """制度方案中没有这一情形。"""


class NotAMember(RuleBroken):
    """这个人不是党员，不适用评选的情形。"""


class OwnFinding(NotAllowed):
    """涉及本人的认定须由其他人办理。"""


class HearingHeld(RuleBroken):
    """已经告知过本人，或者这项认定已经结束。"""


class NotYourReply(NotAllowed):
    """只有本人可以申辩。"""


class NoHearing(RuleBroken):
    """现在不在申辩期内。"""


class ReplyPeriodRuns(RuleBroken):
    """申辩期未满，本人也没有申辩或放弃申辩，支委会还不能作出认定。"""


class CannotDecide(RuleBroken):
    """还没有告知本人，或者已经作出认定。"""


class TooFewParticipants(RuleBroken):
    """认定须由支委会集体作出，至少写明两名参加人，本人不能参加。"""


class WrongPeriod(Invalid):
    """有效期的截止日不能早于起始日。"""


class StrangeQuarter(Invalid):
    """适用的季度只能从上一年度起，不超过今后十年。"""


class CannotReview(RuleBroken):
    """没有等待复核的认定。"""


class SameReviewer(NotAllowed):
    """作出认定的人不能复核。"""


class CannotWithdraw(RuleBroken):
    """这项认定已经复核或撤回。"""


def condition_of(conditions: Sequence[Condition], number: int) -> Condition:
    """Find a condition of the scheme by its number. Raises `UnknownCondition`."""
    for condition in conditions:
        if condition.number == number:
            return condition
    raise UnknownCondition


def check_subject(person: Person, by: UUID) -> None:
    """Judge about whom a finding may be proposed. Raises `NotAMember`, `OwnFinding`."""
    if not person.is_member:
        raise NotAMember
    if person.id == by:
        raise OwnFinding


def hear(finding: Finding, reply_until_on: date, *, by: UUID, now: datetime) -> Finding:
    """Tell the member, who may reply until a day. Raises `HearingHeld`, `OwnFinding`."""
    _not_own(finding, by)
    if finding.state is not FindingState.PROPOSED:
        raise HearingHeld
    return replace(finding, state=FindingState.HEARING, heard_at=now, reply_until_on=reply_until_on)


def reply(finding: Finding, *, by: UUID, waived: bool, now: datetime) -> Finding:
    """Take the member's reply, or that none will come; late ones count until the decision.

    Raises `NotYourReply`, `NoHearing`.
    """
    if finding.person_id != by:
        raise NotYourReply
    if finding.state is not FindingState.HEARING:
        raise NoHearing
    return replace(finding, state=FindingState.REPLIED, replied_at=now, waived=waived)


def decide(
    finding: Finding,
    *,
    established: bool,
    participants: Sequence[str],
    member: str,
    valid: tuple[date | None, date | None],
    periods: Sequence[str],
    by: UUID,
    now: datetime,
    today: date,
) -> Finding:
    """Decide in the branch committee, after the reply or when its period has run out.

    It holds for the votes of `periods`, and from day to day where days are given (R-160). `member` is the name of the
    member concerned, who takes no part. Raises `CannotDecide`, `ReplyPeriodRuns`, `TooFewParticipants`, `WrongPeriod`,
    `StrangeQuarter`, `OwnFinding`.
    """
    _not_own(finding, by)
    if finding.state not in {FindingState.HEARING, FindingState.REPLIED}:
        raise CannotDecide
    if finding.state is FindingState.HEARING and (finding.reply_until_on is None or today <= finding.reply_until_on):
        raise ReplyPeriodRuns
    present = _committee(participants, member)
    starts_on, ends_on = _days(valid, today)
    named = _quarters(periods, today)
    return replace(
        finding,
        state=FindingState.DECIDED,
        established=established,
        participants=present,
        decided_by=by,
        decided_at=now,
        valid_from_on=starts_on if established else None,
        valid_until_on=ends_on if established else None,
        periods=named if established else (),
    )


def _committee(participants: Sequence[str], member: str) -> tuple[str, ...]:
    present = tuple(dict.fromkeys(name.strip() for name in participants if name.strip()))
    if len(present) < COMMITTEE or member in present:
        raise TooFewParticipants
    return present


def _quarters(periods: Sequence[str], today: date) -> tuple[str, ...]:
    found = sorted({period.parse(one) for one in periods})
    if any(not today.year - 1 <= year <= today.year + YEARS_AHEAD for year, _ in found):
        raise StrangeQuarter
    return tuple(f"{year}Q{quarter}" for year, quarter in found)


def _days(valid: tuple[date | None, date | None], today: date) -> tuple[date | None, date | None]:
    if valid == (None, None):
        return None, None
    starts_on = valid[0] or today
    ends_on = valid[1] or period.last_day(period.of(starts_on))
    if ends_on < starts_on:
        raise WrongPeriod
    return starts_on, ends_on


def review(finding: Finding, *, upheld: bool, by: UUID, now: datetime) -> Finding:
    """Uphold or set aside an established finding, by the superior. Raises `CannotReview`, `SameReviewer`."""
    _not_own(finding, by)
    if finding.state is not FindingState.DECIDED or not finding.established:
        raise CannotReview
    if by == finding.decided_by:
        raise SameReviewer
    return replace(finding, state=FindingState.REVIEWED, upheld=upheld, reviewed_by=by, reviewed_at=now)


def withdraw(finding: Finding, *, by: UUID, now: datetime) -> Finding:
    """Take a finding back before it was reviewed. Raises `CannotWithdraw`, `OwnFinding`."""
    _not_own(finding, by)
    if finding.state in {FindingState.REVIEWED, FindingState.WITHDRAWN}:
        raise CannotWithdraw
    return replace(finding, state=FindingState.WITHDRAWN, withdrawn_by=by, withdrawn_at=now)


def conclude(finding: Finding, months: int) -> Finding:
    """Set the day from which the texts are erased: so many months after the effect ended (requirements 2.10)."""
    ended_on = finding.ended_on
    erase_on = period.months_after(ended_on, months) + timedelta(days=1) if ended_on else None
    return replace(finding, erase_on=erase_on, erased_at=None)


def erase(finding: Finding, now: datetime) -> Finding:
    """Take what people wrote away; condition, days and state stay."""
    return replace(finding, sealed=b"", erased_at=now)


def _not_own(finding: Finding, by: UUID) -> None:
    if finding.person_id == by:
        raise OwnFinding
