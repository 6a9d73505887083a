"""What a form may hold, how answers become sums, and when sums may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from services.pledge.assessment.domain import FORMS, SOURCE_NAMES, Assessment, Source
from services.pledge.form.domain import Paper, Question, Tally
from shared.errors import Invalid, NotAllowed, NotFound, Refusal, RuleBroken
from shared.scheme import Scheme
from shared.voting.secrecy import fewest

LONGEST = 200
MOST_TEXTS = 2000
"""Texts that one box keeps."""


class FormNotOpen(RuleBroken):
    """这次评议现在不收网上的评议表。"""


class BadForm(Invalid):
    """评议表填写有误。"""


class BlankForm(BadForm):
    """评议表是空白的：请至少选一项，或者写一条意见，再交表。"""


class TokenForged(NotAllowed):
    """评议表已失效，请重新打开。"""


class SlipUnknown(NotAllowed):
    """评议码不对，请核对领到的评议码；每个码只能用一次。"""


class FormTaken(RuleBroken):
    """您已经领取过这次的评议表，每人一份；没有交就离开了的，请向党支部领取纸质表填写。"""


class SlipUsed(RuleBroken):
    """这个评议码已经用过，每个码只能交一份评议表。"""


class NoSlips(RuleBroken):
    """这次评议不凭评议码填写，或者还没有填写邀请人数。"""


class BoxFull(RuleBroken):
    """收到的评议表已经达到参加人数，不再接收；如有出入请向党支部反映。"""


class TooManyForms(Refusal):
    """短时间内从同一处来的评议表太多，请稍后再试，或填写纸质表。"""

    status = 429


class PaperNotFound(NotFound):
    """没有这份纸质评议汇总。"""


class BadTotals(Invalid):
    """汇总数字有误。"""


class ConfirmYourself(NotAllowed):
    """汇总须由另一人对照纸质表核对。"""


class PaperSettled(RuleBroken):
    """这份汇总已经核对或作废。"""


class PaperTooLate(RuleBroken):
    """已经停止收表，不能再核对纸质汇总：前后之差会看出各人的填写。请说明理由后作废。"""


class DropUnexplained(Invalid):
    """停止收表以后作废纸质汇总，须说明理由。"""


def open_for(assessment: Assessment, scheme: Scheme, source: Source) -> bool:
    """Say whether forms are taken on the page; where the scheme votes in secret members fill paper."""
    if source not in FORMS or source not in scheme.appraisal.sources or not assessment.forms_open:
        return False
    if source is Source.PEER:
        return not scheme.appraisal.secret_ballot
    return assessment.invited > 0


def check(questions: Sequence[Question], given: Mapping[str, str], text: str) -> None:
    """Refuse what the form did not ask, and a form on which nothing stands: it would spend the slip for nothing.

    A line that is left blank is an abstention. Raises `BadForm`, `BlankForm`.
    """
    choices = {one.key: one.choices for one in questions}
    if any(choice not in choices.get(key, ()) for key, choice in given.items()) or len(text) > LONGEST:
        raise BadForm
    if not given and not text.strip():
        raise BlankForm


def added(tally: Tally, given: Mapping[str, str], text: str) -> Tally:
    """Give the sums with one more answer. Texts stand in the order of their characters, so that none tells its time."""
    counts = {key: dict(said) for key, said in tally.counts.items()}
    for key, choice in given.items():
        said = counts.setdefault(key, {})
        said[choice] = said.get(choice, 0) + 1
    texts = tally.texts
    if text.strip() and len(texts) < MOST_TEXTS:
        texts = sorted([*texts, text.strip()])
    return Tally({key: dict(sorted(said.items())) for key, said in sorted(counts.items())}, texts)


def together(tallies: Iterable[Tally]) -> Tally:
    """Give the sums of several boxes and papers."""
    counts: dict[str, dict[str, int]] = {}
    texts: list[str] = []
    for tally in tallies:
        texts += tally.texts
        for key, said in tally.counts.items():
            sums = counts.setdefault(key, {})
            for choice, number in said.items():
                sums[choice] = sums.get(choice, 0) + number
    return Tally(counts, sorted(texts))


def check_totals(
    questions: Sequence[Question], papers: int, counts: Mapping[str, Mapping[str, int]], further: Sequence[str] = ()
) -> None:
    """Refuse totals that the papers cannot give, or that have `further` faults. Raises `BadTotals` with every fault."""
    asked = {one.key: one for one in questions}
    faults = list(further)
    for key, said in counts.items():
        question = asked.get(key)
        if question is None or said.keys() - set(question.choices):
            faults.append("有评议表上没有的项目。")
        elif sum(said.values()) > papers:
            faults.append(f"{question.name}：各档合计{sum(said.values())}，多于收回的{papers}份。")
    if faults:
        raise BadTotals(details=faults)


def beyond(invited: int, online: int, papers: int) -> list[str]:
    """Say what is wrong when there are more forms than people who were invited; without a number nothing is known."""
    if not invited or online + papers <= invited:
        return []
    return [f"网上{online}份、纸质{papers}份，合计多于邀请的{invited}人，请核对份数，或先更正邀请人数。"]


def unconfirmed(papers: Sequence[Paper]) -> list[str]:
    """Name the totals that nobody confirmed: added after the sums are seen, the difference would be what they say."""
    return [
        f"{SOURCE_NAMES[paper.source]}的纸质汇总（{paper.papers}份，计票人、监票人{paper.tellers}）还没有核对，"
        "请另一人核对，或者作废。"
        for paper in papers
        if paper.confirmed_at is None
    ]


def check_confirm(paper: Paper, assessment: Assessment, by: UUID) -> None:
    """Refuse who entered the totals, what is settled, and everybody once sums were seen.

    Raises `PaperSettled`, `PaperTooLate`, `ConfirmYourself`.
    """
    if paper.confirmed_at is not None or paper.dropped_at is not None:
        raise PaperSettled
    if not assessment.forms_open:
        raise PaperTooLate
    if by == paper.entered_by:
        raise ConfirmYourself


def check_drop(paper: Paper, assessment: Assessment, reason: str) -> None:
    """Refuse to take back, once forms are closed, what was confirmed, and anything without a reason.

    Raises `PaperSettled`, `DropUnexplained`.
    """
    if paper.dropped_at is not None or (paper.confirmed_at is not None and not assessment.forms_open):
        raise PaperSettled
    if not assessment.forms_open and not reason:
        raise DropUnexplained


def hidden(assessment: Assessment, scheme: Scheme, people: int) -> bool:
    """Say whether sums stay hidden: while forms come in (a difference would tell one), and where too few took part."""
    return assessment.forms_open or people < fewest(scheme.ballot.secrecy_minimum)
