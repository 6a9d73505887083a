"""Who may look a pledge over at which step, and what becomes of the version."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from services.pledge.pledge.domain import IN_REVIEW, Form, Pledge, PledgeState, Version, VersionState
from services.pledge.review.domain import STEP_NAMES, Review, Step, Verdict
from shared.errors import Invalid, NotAllowed, RuleBroken
from shared.scheme import Scheme


class NotInReview(RuleBroken):
    """这份承诺现在不在审诺之中。"""


class DecidedAlready(RuleBroken):
    """这份承诺已由他人审诺，或内容已有变化，请刷新页面后再看。"""


class OwnPledge(NotAllowed):
    """不能审本人参与作出的承诺，请由其他支部委员或上级党组织审诺。"""


class BranchReviews(NotAllowed):
    """这一步由党支部审诺；只有支部委员本人的承诺，或支部没有其他委员时，才由上级代审。"""


class SecondPairOfEyes(RuleBroken):
    """两级审诺须由两个人进行，您已经审过前一步。"""


class BadVerdict(Invalid):
    """审诺意见不完整。"""


@dataclass(frozen=True)
class Hands:
    """Who stands at a step: the reviewer, and the others who could."""

    reviewer: UUID
    authors: Collection[UUID]
    """the pledger and who pledges together"""
    officers: Collection[UUID]
    """of the branch"""
    earlier: Collection[UUID]
    """who decided on an earlier step of this version"""
    inside: bool
    """the reviewer is an officer of the branch"""
    outside_superior: bool = False
    """nobody in the system stands above; what the superior said is entered"""


def steps(pledge: Pledge, scheme: Scheme) -> list[Step]:
    """Give who looks a pledge over, in turn (R-050, R-052, R-053)."""
    return [Step.SUPERIOR] if pledge.form is Form.ORGANIZATION else turn(scheme)


def turn(scheme: Scheme) -> list[Step]:
    """Give who looks the pledge of a person over, in turn."""
    return [Step(step) for step in scheme.pledge.review_steps] or [Step.BRANCH]


def step_of(pledge: Pledge, version: Version, turn: Sequence[Step], decided: Sequence[str] = ()) -> Step:
    """Give the step at which a version stands. Raises `NotInReview`, `DecidedAlready` with what was said."""
    if pledge.state is PledgeState.OPEN and version.state in IN_REVIEW:
        return turn[-1] if version.state is VersionState.PASSED_ONCE else turn[0]
    if decided:
        raise DecidedAlready(details=decided)
    raise NotInReview


def check_hands(pledge: Pledge, version: Version, step: Step, hands: Hands) -> None:
    """Refuse who must not look a pledge over. Raises `OwnPledge`, `BranchReviews`, `SecondPairOfEyes`."""
    written = pledge.form is Form.ORGANIZATION and version.made_by == hands.reviewer and not hands.outside_superior
    if hands.reviewer in hands.authors or written:
        raise OwnPledge
    if hands.reviewer in hands.earlier:
        raise SecondPairOfEyes
    if step is Step.BRANCH and not hands.inside:
        own = any(author in hands.officers for author in hands.authors)
        if not own and set(hands.officers) - set(hands.authors):
            raise BranchReviews


def check_fresh(version: Version, step: Step, verdict: Verdict, decided: Sequence[str]) -> None:
    """Refuse a verdict on another text or step than the one that stands. Raises `DecidedAlready` with what was said."""
    if verdict.version != version.number or verdict.step is not step:
        raise DecidedAlready(details=decided)


def obstacles(verdict: Verdict, checklist: Sequence[str]) -> list[str]:
    """List what a verdict lacks: every standard to pass, advice to send back (R-050, R-054)."""
    found = [f"“{text}”不在审诺标准之列。" for text in verdict.met if text not in checklist]
    if verdict.passed:
        return found + [f"未勾选“{text}”，不符合的请退回并写明意见。" for text in checklist if text not in verdict.met]
    return found if verdict.advice.strip() else [*found, "退回须写明修改意见，指导本人完善。"]


def decide(turn: Sequence[Step], verdict: Verdict, checklist: Sequence[str]) -> VersionState:
    """Give the state in which the verdict leaves a version. Raises `BadVerdict` with all obstacles."""
    if found := obstacles(verdict, checklist):
        raise BadVerdict(details=found)
    if not verdict.passed:
        return VersionState.RETURNED
    return VersionState.APPROVED if verdict.step is turn[-1] else VersionState.PASSED_ONCE


def review(
    pledge: Pledge,
    verdict: Verdict,
    checklist: Sequence[str],
    organization_id: UUID,
    *,
    by: UUID,
    at: datetime,
    due: date | None,
) -> Review:
    """Make the record of a verdict; `due` is until when what goes back is to be mended."""
    met = [text for text in checklist if text in verdict.met]
    return Review(
        pledge.tenant_id, uuid4(), pledge.id, verdict.version, verdict.step, organization_id, verdict.passed,
        list(checklist), met, verdict.advice.strip(), due, by, at,
    )  # fmt: skip


def sentence(review: Review, name: str) -> str:
    """Say what a reviewer decided."""
    outcome = "通过" if review.passed else "退回修改"
    return f"{name}已代表{STEP_NAMES[review.step].removesuffix('审诺')}审诺：{outcome}。"
