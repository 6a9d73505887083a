"""When a grading may be called, who is given a credential, what may be counted beside it, when credentials go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from services.pledge.assessment.domain import Assessment, Source
from services.pledge.form.domain import Paper, Question, Tally
from services.pledge.grading.domain import Elector, Grading, GradingState, Line
from shared.directory.domain import Person
from shared.errors import Invalid, NotFound, RuleBroken
from shared.scheme import Scheme
from shared.voting import grading as limits
from shared.voting import roll
from shared.voting.secrecy import fewest

TELLERS = (1, 2)
LONGEST = timedelta(days=30)


class GradingNotFound(NotFound):
    """没有这次电子测评。"""


class CannotCall(RuleBroken):
    """现在还不能发起电子测评。"""


class NotOnTheRoll(NotFound):
    """您不在本次电子测评的名单中；名单在发起时确定，为本支部党员。"""


class TotalsOfAnother(Invalid):
    """测评结果与发起时的题目不符。"""


@dataclass(frozen=True)
class Readiness:
    """What calling a grading is judged by."""

    assessment: Assessment
    scheme: Scheme
    standing: Grading | None
    """the newest grading of the occasion that is not void"""
    electors: Sequence[Person]
    questions: Sequence[Question]
    appraised: frozenset[UUID]
    """whose pledges are on the form"""
    papers: Sequence[Paper]
    """totals from paper that members' forms gave so far"""

    @property
    def least(self) -> int:
        """Give how many must take part at least."""
        return fewest(self.scheme.ballot.secrecy_minimum)


def obstacles(ready: Readiness, tellers: Sequence[UUID], closes_at: datetime | None, now: datetime) -> list[str]:
    """List everything that keeps a grading from being called, each a Chinese sentence."""
    return [*before_tellers(ready), *teller_obstacles(ready, tellers), *_deadline_faults(closes_at, now)]


def before_tellers(ready: Readiness) -> list[str]:
    """List what stands in the way whoever counts."""
    found = []
    if Source.PEER not in ready.scheme.appraisal.sources or not ready.scheme.appraisal.secret_ballot:
        found.append("本方案的党员互评不采用无记名投票。")
    if not ready.assessment.forms_open:
        found.append("这次评议已经停止收表。")
    if ready.standing is not None:
        found.append("这次评议已经发起过电子测评。")
    if not ready.questions:
        found.append("没有可以测评的承诺。")
    if limits.size(len(one.choices) for one in ready.questions) > limits.MOST:
        found.append(f"测评表有{len(ready.questions)}项，一张电子选票装不下，请用纸质表。")
    if len(ready.electors) < ready.least:
        found.append(
            f"可以参加测评的党员只有{len(ready.electors)}人，少于规定的{ready.least}人，"
            "结果会暴露个人的填写；请用纸质表。"
        )
    return [*found, *_few_papers(ready)]


def _few_papers(ready: Readiness) -> list[str]:
    if any(one.papers < ready.least for one in ready.papers):
        return [
            f"已登记的纸质互评表中有一批不足{ready.least}份，与电子测评并用会看出各人的填写；"
            "请作废后由其本人参加电子测评。"
        ]
    return []


def teller_obstacles(ready: Readiness, tellers: Sequence[UUID]) -> list[str]:
    """List what is wrong with the tellers: one or two members; not whose pledge is graded, where there are others."""
    found = []
    if len(tellers) not in TELLERS or len(set(tellers)) != len(tellers):
        found.append("监票人须为一人或不同的两人。")
    names = {one.id: one.name for one in ready.electors}
    free = [one for one in ready.electors if one.id not in ready.appraised]
    graded = [one for one in dict.fromkeys(tellers) if one in ready.appraised and one in names]
    if len(graded) > max(len(tellers) - len(free), 0):
        found += [f"{names[one]}的承诺在测评之列，不能担任监票人；请推选没有承诺受评的党员。" for one in graded]
    if set(tellers) - names.keys():
        found.append("所选的人不是可以参加本次测评的党员，不能担任监票人。")
    return found


def _deadline_faults(closes_at: datetime | None, now: datetime) -> list[str]:
    if closes_at is None or now < closes_at <= now + LONGEST:
        return []
    return ["截止时间须晚于现在，并在三十天以内。"]


def released(grading: Grading, elector: Elector | None) -> bytes:
    """Give an elector's sealed credential while it is of use.

    Raises `NotOnTheRoll`, `VotingOver`, `CredentialErased`.
    """
    if elector is None:
        raise NotOnTheRoll
    return roll.released(elector.credential, over=grading.over)


def paper_faults(grading: Grading | None, before: Sequence[Paper], papers: int, *, least: int) -> list[str]:
    """List why totals of members' forms from paper cannot stand beside a grading.

    A handful of papers would be what is left when the published electronic totals are taken from the sum.
    """
    if grading is None:
        return []
    found = []
    if papers < least:
        found.append(f"与电子测评并用时，一批纸质互评表不能少于{least}份，否则会看出各人的填写；请其本人参加电子测评。")
    return [*found, *sum_faults(grading, sum(one.papers for one in before) + papers)]


def sum_faults(grading: Grading | None, papers: int) -> list[str]:
    """Say whether forms and papers together are more than members were asked: then somebody was counted twice."""
    if grading is None:
        return []
    returned = grading.returned or 0
    if returned + papers <= grading.entitled:
        return []
    return [
        f"电子测评{returned}份与纸质互评表{papers}份合计{returned + papers}份，多于应参加的{grading.entitled}人："
        "参加了电子测评的，不得再交纸质表。"
    ]


def close_obstacles(grading: Grading | None, papers: int) -> list[str]:
    """List what must be settled before no more forms are taken."""
    if grading is None:
        return []
    return [*awaited(grading), *sum_faults(grading, papers)]


def awaited(grading: Grading | None) -> list[str]:
    """Say that a grading was called and not counted."""
    if grading is None or grading.state in {GradingState.COUNTED, GradingState.ANNULLED}:
        return []
    return ["无记名测评还没有计票。"]


def opened(grading: Grading, at: datetime) -> Grading:
    """Note that it can be taken part in; once."""
    return grading if grading.opened_at is not None else replace(grading, opened_at=at)


def annulled(grading: Grading, statement: str, at: datetime) -> Grading:
    """Note that it is void: its totals go."""
    if grading.annulled_at is not None:
        return grading
    return replace(grading, annulled_at=at, statement=statement, sealed=None)


def tally(lines: Sequence[Line], totals: Sequence[Mapping[str, Any]]) -> Tally:
    """Give the totals that ballot told as sums of the members' form. Raises `TotalsOfAnother`."""
    told = {one["subject_id"]: one["counts"] for one in totals}
    if told.keys() != {line.subject_id for line in lines}:
        raise TotalsOfAnother
    counts = {}
    for line in lines:
        said = told[line.subject_id]
        if len(said) != len(line.choices):
            raise TotalsOfAnother
        counts[line.key] = {choice: number for choice, number in zip(line.choices, said, strict=True) if number}
    return Tally(counts)


def erasable(grading: Grading, today: date) -> bool:
    """Say whether nothing depends on the credentials any more: it was counted, is void, or the months are over."""
    return grading.erased_at is None and (grading.over or today >= grading.erase_on)
