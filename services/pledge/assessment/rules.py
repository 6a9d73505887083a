"""Which pledges are appraised when, by whom, and how far a result may be shown."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.pledge.assessment.domain import Assessment, AssessmentKind
from services.pledge.pledge.domain import Kind, Pledge, PledgeState
from shared.errors import Invalid, NotAllowed, NotFound, RuleBroken
from shared.scheme import Scheme

MOST_SLIPS = 300
"""Up to so many people the form of the masses asks for the codes of slips, unless somebody chooses otherwise."""
SCOPES = ("none", "branch", "school", "public")


class AssessmentNotFound(NotFound):
    """没有这次评诺。"""


class AppraisedFromAbove(NotAllowed):
    """按本方案，评诺由党总支组织；党组织的承诺由上级评议。"""


class NothingToAppraise(RuleBroken):
    """没有可以评议的承诺：承诺公示以后、办结以前才能评议。"""


class OneInstantPledge(Invalid):
    """一事一评须选定一份即时承诺。"""


class NoInstantAppraisal(RuleBroken):
    """本方案不对即时承诺单独评议，请在年度评诺时一并评议。"""


class AlreadyAssessed(RuleBroken):
    """本年度的年度评诺已经开始，请在那一次中办理。"""


class FormsClosed(RuleBroken):
    """这次评议已经停止收表。"""


class FormFixed(RuleBroken):
    """无记名电子测评已经发起，测评项目不能再改，不能补入承诺。"""


class NotToBeClosed(RuleBroken):
    """现在不能停止收表。"""


class FewerThanAnswers(RuleBroken):
    """参加人数不能少于已经收到的评议表。"""


class FormsUnderway(RuleBroken):
    """已经有人交表，不能再改填写方式，也不能减少已印发评议码的人数。"""


class NotPublishable(RuleBroken):
    """现在不能公示评议结果。"""


def choose(kind: AssessmentKind, scheme: Scheme, pledges: Sequence[Pledge], chosen: Sequence[UUID]) -> list[Pledge]:
    """Give the pledges that an occasion covers: those chosen, else all that are public and not ended (R-091).

    Raises `NoInstantAppraisal`, `OneInstantPledge`, `NothingToAppraise`.
    """
    found = [one for one in pledges if one.published_version is not None and one.state is PledgeState.OPEN]
    if kind is AssessmentKind.INSTANT:
        if not scheme.appraisal.instant:
            raise NoInstantAppraisal
        if len(set(chosen)) != 1:
            raise OneInstantPledge
        found = [one for one in found if one.kind is Kind.INSTANT]
    if kind is not AssessmentKind.YEARLY and chosen:
        found = [one for one in found if one.id in set(chosen)]
    if not found:
        raise NothingToAppraise
    return found


def close_forms(assessment: Assessment, by: UUID, at: datetime) -> Assessment:
    """Take no more forms, for good; the same again changes nothing."""
    if not assessment.forms_open:
        return assessment
    return replace(assessment, forms_closed_by=by, forms_closed_at=at)


def asks_for_codes(invited: int) -> bool:
    """Say whether forms are answered with the codes of slips where nobody chose: as long as slips are few."""
    return invited <= MOST_SLIPS


def invite(assessment: Assessment, invited: int, answers: int, coded: bool | None = None) -> Assessment:
    """Say how many of the masses were asked, and whether each answers with the code of a slip.

    Once somebody answered, the way stays, and no slip loses its code.
    Raises `FormsClosed`, `FewerThanAnswers`, `FormsUnderway`.
    """
    if not assessment.forms_open:
        raise FormsClosed
    if invited < answers:
        raise FewerThanAnswers
    way = assessment.coded if coded is None else coded
    if answers and (way != assessment.coded or (way and invited < assessment.invited)):
        raise FormsUnderway
    return replace(assessment, invited=invited, coded=way)


def publish(
    assessment: Assessment, scheme: Scheme, scope: str, *, undecided: int, by: UUID, at: datetime
) -> Assessment:
    """Show results within a scope, not wider than the scheme's (R-099, R-102). Raises `NotPublishable`."""
    found = []
    if scheme.appraisal.scope == "none":
        found.append("本方案不公示评议结果。")
    elif SCOPES.index(scope) > SCOPES.index(scheme.appraisal.scope):
        found.append("公示的范围不能大于方案规定的范围。")
    if undecided:
        found.append(f"还有{undecided}份承诺没有评定。")
    if found:
        raise NotPublishable(details=found)
    if assessment.published_scope == scope:
        return assessment
    return replace(assessment, published_scope=scope, published_by=by, published_at=at)
