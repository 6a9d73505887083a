"""Who says what of a pledge, what keeps it from being decided, and how a grade stands to what the forms say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from services.pledge.appraisal.domain import Appraisal, AppraisalState, Comment, Figures, Own
from services.pledge.assessment.domain import COMMENTS, Assessment, Source
from services.pledge.progress.domain import ProgressState, Table
from shared.errors import Invalid, NotAllowed, NotFound, RuleBroken
from shared.scheme import Scheme

LONGEST = 1000
Shares = Mapping[str, int]
"""How many said each grade."""


class AppraisalNotFound(NotFound):
    """没有这份评诺。"""


class OwnPledge(NotAllowed):
    """这是您自己的承诺，须由其他人评定。"""


class SourceNotAsked(Invalid):
    """本方案的评诺不包括这种方式。"""


class OwnBlank(Invalid):
    """自评还没有填写：请写出完成情况或总的情况，或者选定等次。"""


class UnknownGrade(Invalid):
    """请在方案规定的等次中选择。"""


class UnknownMatter(Invalid):
    """承诺中没有这一事项。"""


class EntryNeedsReason(Invalid):
    """代他人填写须写明原因，如本人口述、据纸质表录入。"""


class AppraisalDecided(RuleBroken):
    """这份承诺已经评定，不能再改。"""


class NotDecidable(RuleBroken):
    """现在不能评定。"""


class NotDecidedYet(RuleBroken):
    """评定以后才能提出意见。"""


class RepliedAlready(RuleBroken):
    """对这次评定已经提出过意见。"""


def writable(appraisal: Appraisal) -> None:
    """Refuse once it was decided. Raises `AppraisalDecided`."""
    if appraisal.state is AppraisalState.DECIDED:
        raise AppraisalDecided


def check_grade(scheme: Scheme, grade: str) -> None:
    """Refuse a grade that the scheme does not have; none is always good. Raises `UnknownGrade`."""
    if grade and grade not in scheme.appraisal.scale:
        raise UnknownGrade


def check_own(table: Table, scheme: Scheme, own: Own) -> None:
    """Check what a pledger says. Raises `SourceNotAsked`, `UnknownMatter`, `UnknownGrade`, `OwnBlank`."""
    if Source.SELF not in scheme.appraisal.sources:
        raise SourceNotAsked
    if own.matters.keys() - {str(matter.item.item_id) for matter in table.matters}:
        raise UnknownMatter
    check_grade(scheme, own.grade)
    if not any(text.strip() for text in [own.text, own.grade, *own.matters.values()]):
        raise OwnBlank


def check_comment(scheme: Scheme, comment: Comment) -> None:
    """Check a comment. Raises `SourceNotAsked`, `UnknownGrade`."""
    if comment.source not in scheme.appraisal.sources or comment.source not in COMMENTS:
        raise SourceNotAsked
    check_grade(scheme, comment.grade)


def figures(table: Table) -> Figures:
    """Count a table's matters (R-098)."""
    states = [matter.state for matter in table.matters]
    punctual = sum(
        matter.state is ProgressState.DONE
        and (matter.item.due_on is None or (matter.last is not None and matter.last.happened_on <= matter.item.due_on))
        for matter in table.matters
    )
    return Figures(
        total=table.total, done=table.done, partial=states.count(ProgressState.PARTIAL),
        undone=states.count(ProgressState.UNDONE), changed=states.count(ProgressState.CHANGED),
        cancelled=states.count(ProgressState.CANCELLED), open=len(table.open), on_time=punctual,
    )  # fmt: skip


def middle(scale: Sequence[str], shares: Mapping[str, Shares], weights: Mapping[str, str]) -> str | None:
    """Give the grade in the middle of what the sources said (R-090, C6), or none when nobody said anything.

    That is the first grade, from the best, at which half of all weight is reached. With weights each source counts by
    its weight whatever its size; without, every form counts as one.
    """
    sums = dict.fromkeys(scale, Fraction(0))
    for source, said in shares.items():
        heads = sum(said.get(grade, 0) for grade in scale)
        weight = Fraction(1) if not weights else weight_of(weights, source) / heads if heads else Fraction(0)
        for grade in scale:
            sums[grade] += said.get(grade, 0) * weight
    whole, passed = sum(sums.values(), Fraction(0)), Fraction(0)
    for grade in scale:
        passed += sums[grade]
        if whole and passed * 2 >= whole:
            return grade
    return None


def weight_of(weights: Mapping[str, str], source: str) -> Fraction:
    """Read a weight such as 30, 30% or 3/10; what cannot be read or is below nothing weighs nothing."""
    try:
        return max(Fraction(weights.get(source, "0").strip().rstrip("%％")), Fraction(0))
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


def strongly(scale: Sequence[str], grade: str, expected: str | None) -> bool:
    """Say whether a grade is half a scale or more away from what the forms say (R-098): of four grades, two steps."""
    if expected is None or grade not in scale:
        return False
    return abs(scale.index(grade) - scale.index(expected)) >= max(1, len(scale) // 2)


def obstacles(
    appraisal: Appraisal,
    assessment: Assessment,
    scheme: Scheme,
    table: Table,
    comments: Sequence[Comment],
    *,
    unconfirmed: int,
    grading: Sequence[str] = (),
) -> list[str]:
    """List all that keeps a pledge from being decided; what the pledger did not say does not.

    `grading` are the obstacles that the secret electronic ballot of members puts up.
    """
    asked = scheme.appraisal.sources
    found = []
    if appraisal.closing and table.open:
        found.append(f"还有{len(table.open)}项承诺没有结果：{'、'.join(one.item.content[:20] for one in table.open)}。")
    if assessment.forms_open and {Source.PEER, Source.MASS} & set(asked):
        found.append("评议表还在收取，请先停止收表。")
    found += grading
    if unconfirmed:
        found.append(f"还有{unconfirmed}份纸质评议汇总没有经第二人核对。")
    if {source for source in COMMENTS if source in asked} and not comments:
        found.append("还没有党组织考评或领导点评。")
    return found


def outside_obstacles(appraisal: Appraisal, outside_superior: bool, today: date) -> list[str]:
    """List what the entry of an outside superior's result lacks; where somebody stands above there is none."""
    if not outside_superior:
        return ["上级在本系统中，由上级评定，不须登记上级文件。"] if appraisal.outside_document else []
    if not appraisal.outside_document or appraisal.outside_on is None:
        return ["本组织的上级不在本系统中，请按上级文件登记，写明文件名称、文号和日期。"]
    return ["上级文件的日期不能晚于今天。"] if appraisal.outside_on > today else []


def decide(
    appraisal: Appraisal,
    scheme: Scheme,
    grade: str,
    reason: bytes | None,
    *,
    expected: str | None,
    figures: Figures,
    found: Sequence[str],
    by: UUID,
    at: datetime,
) -> Appraisal:
    """Give the appraisal as decided. Raises `AppraisalDecided`, `OwnPledge`, `NotDecidable` with every obstacle."""
    writable(appraisal)
    if by == appraisal.person_id:
        raise OwnPledge
    faults = list(found)
    if scheme.appraisal.scale and grade not in scheme.appraisal.scale:
        faults.append("请选定等次。")
    if not scheme.appraisal.scale and not reason:
        faults.append("本方案不分等次，请写明评语。")
    if strongly(scheme.appraisal.scale, grade, expected) and not reason:
        faults.append(f"与评议表反映的情况（{expected}）相差较大，请写明理由。")
    if faults:
        raise NotDecidable(details=faults)
    return replace(
        appraisal, state=AppraisalState.DECIDED, grade=grade or None, reason=reason, done=figures.done,
        total=figures.total, decided_by=by, decided_at=at,
    )  # fmt: skip


def reply(appraisal: Appraisal, text: bytes, by: UUID, at: datetime) -> Appraisal:
    """Keep what the pledger says to the result, once. Raises `NotDecidedYet`, `RepliedAlready`."""
    if appraisal.state is not AppraisalState.DECIDED:
        raise NotDecidedYet
    if appraisal.reply is not None:
        raise RepliedAlready
    return replace(appraisal, reply=text, replied_by=by, replied_at=at)
