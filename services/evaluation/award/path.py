"""The path of a ballot and of its awards: every step with who, when and the document it produced (DESIGN §2)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import inf
from uuid import UUID

from services.evaluation.award.domain import REASON_NAMES, Award, AwardState, Step
from services.evaluation.election.domain import Election
from services.evaluation.election.rules import resolution
from services.evaluation.eligibility.domain import Decision
from services.evaluation.meeting.domain import Meeting, Note, NoteKind
from services.evaluation.register.citing import Citation
from services.evaluation.register.domain import Deed

Link = tuple[str, str]

STEP_TITLES = {
    "held": "资格复核，等待支委会认定",
    "verified": "资格复核通过",
    "withheld": "资格复核未通过",
    "filed": "报送备案",
    "returned": "备案退回修改",
    "acknowledged": "党委组织部备案",
    "posted": "公示",
    "objection_raised": "收到异议",
    "objection_decided": "异议处理完毕",
    "published": "发布",
    "stopped": "终止",
    "revoked": "撤销",
}
DEPARTMENT, ITSELF = "党委组织部", "系统自动"
DOERS = {
    "held": ITSELF,
    "verified": ITSELF,
    "withheld": ITSELF,
    "returned": DEPARTMENT,
    "acknowledged": DEPARTMENT,
    "posted": ITSELF,
    "objection_raised": "群众",
    "objection_decided": "异议处理人",
    "published": ITSELF,
    "stopped": ITSELF,
    "revoked": DEPARTMENT,
}
"""Who did a step that bears no person's name: an office, or the system by a rule; the filing names its organisation."""
STAGES = ("verified", "filed", "acknowledged", "posted", "published")
"""What still lies ahead of an award, in order."""
DOCUMENT_NAMES = {
    "held": "资格复核",
    "filed": "登记表",
    "returned": "备案",
    "acknowledged": "登记表",
    "posted": "公示",
    "published": "光荣榜",
}


@dataclass(frozen=True)
class Item:
    """One step of a path as the page shows it."""

    key: str
    title: str
    at: datetime | None = None
    who: str = ""
    note: str = ""
    links: tuple[Link, ...] = field(default_factory=tuple)
    current: bool = False

    @property
    def done(self) -> bool:
        """Say whether the step lies behind."""
        return self.at is not None


@dataclass(frozen=True)
class Path:
    """The path of one award: what all awards of the meeting share, then its own."""

    award: Award
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Hall:
    """What a meeting's awards share, as it was recorded."""

    meeting: Meeting
    chain: Sequence[Election]
    resolved: tuple[str, datetime] | None
    decisions: Sequence[Decision]
    """what the committee decided on what the system proposed"""
    notes: Sequence[Note]
    names: Mapping[UUID, str]
    """who did something, with the office"""
    booths: Collection[UUID] = ()
    """the ballots in which the reader can vote now"""


def of_meeting(hall: Hall) -> list[Item]:
    """Give the steps that a meeting's awards share: report, answer, meeting, review, ballots, minutes, corrections."""
    meeting, names = hall.meeting, hall.names
    page = f"/evaluation/meetings/{meeting.id}"
    announced = Item("announced", "报告会议", meeting.announced_at, _name(names, meeting.announced_by), "",
                     (("会议", page),))  # fmt: skip
    items = [announced, *_observed(meeting, names)]
    items.append(Item("opened", "召开会议", meeting.opened_at, _name(names, meeting.opened_by)))
    items += _reviewed(hall.decisions, names)
    if not hall.chain and hall.resolved is None:
        items += [Item("called", "发起投票"), Item("voting", "投票"), Item("counted", "计票")]
    for election in hall.chain:
        items += _of_election(election, names, votes=election.id in hall.booths)
    if hall.resolved is not None:
        title = f"决定{resolution(hall.chain)}"
        items.append(Item("no_election", title, hall.resolved[1], note=hall.resolved[0]))
    minutes = (("会议记录", f"{page}/minutes.pdf"),) if meeting.closed_at else ()
    items.append(Item("minutes", "锁定会议记录", meeting.closed_at, _name(names, meeting.closed_by), "", minutes))
    return items + _corrected(meeting, hall.notes, names)


def _observed(meeting: Meeting, names: Mapping[UUID, str]) -> list[Item]:
    """Give the superior's answer to the report, where there is one (R-019)."""
    if meeting.observer_at is None:
        return []
    sent = _name(names, meeting.observer_id)
    note = f"派{sent}列席" if sent else f"不派员：{meeting.observer_reason}"
    return [Item("observer", "上级答复列席", meeting.observer_at, _name(names, meeting.observer_by), note)]


def _reviewed(decisions: Sequence[Decision], names: Mapping[UUID, str]) -> list[Item]:
    """Give that proposals were decided, and by whom; neither about whom nor what (requirements 2.10)."""
    if not decisions:
        return []
    who = "、".join(dict.fromkeys(filter(None, (_name(names, one.decided_by) for one in decisions))))
    last = max(one.decided_at for one in decisions)
    return [Item("reviewed", "候选人资格审查", last, who, f"对系统提示的情形作出认定{len(decisions)}项")]


def _corrected(meeting: Meeting, notes: Sequence[Note], names: Mapping[UUID, str]) -> list[Item]:
    """Give the corrections that were added to the locked minutes."""
    return [
        Item("correction", "会议记录更正", note.at, _name(names, note.by))
        for note in notes
        if note.kind is NoteKind.CORRECTION and meeting.closed_at and note.at >= meeting.closed_at
    ]


def _of_election(election: Election, names: Mapping[UUID, str], *, votes: bool) -> list[Item]:
    ballot = f"/ballot/ballots/{election.id}"
    booth = (("去投票", f"/ballot/box/{election.id}"),) if votes else ()
    counted = (("计票单", f"{ballot}/count.pdf"),) if election.counted_at else ()
    who = _name(names, election.called_by) or "依得票相同的处理办法自动发起"
    tellers = "、".join(filter(None, (_name(names, one) for one in election.tellers)))
    # The count may be heard before the opening; then the vote was held all the same.
    voted_at = election.opened_at or election.closed_at or election.counted_at
    items = [Item("called", f"发起投票{election.mark}", election.called_at, who, election.calculation)]
    if election.annulled_at and not voted_at:
        return [*items, _annulled(election)]
    items.append(Item("voting", f"投票{election.mark}", voted_at, tellers, "", (*booth, ("投票", ballot))))
    if election.annulled_at and not election.counted_at:
        return [*items, _annulled(election)]
    items.append(Item("counted", f"计票{election.mark}", election.counted_at, tellers, election.tally, counted))
    items += _reduced(election, names)
    return [*items, _annulled(election)] if election.annulled_at else items


def _reduced(election: Election, names: Mapping[UUID, str]) -> list[Item]:
    """Give that the branch agreed to fewer places, where it did; a second round is a ballot of its own."""
    remedy, done = election.remedy, election.remedied
    if remedy is None or done is None or remedy["kind"] != "reduce":
        return []
    return [Item("reduced", "减少名额", done[1], _name(names, done[0]), remedy["note"])]


def _annulled(election: Election) -> Item:
    return Item("annulled", "投票作废", election.annulled_at, note=election.annul_statement)


def of_award(
    award: Award, steps: Sequence[Step], *, filer: str, reasons: bool, names: Mapping[UUID, str] | None = None
) -> list[Item]:
    """Give an award's own steps, then what still lies ahead; `reasons` says whether the reader may know why it fell.

    `filer` is the name of the 党总支 or 直属党支部 that files the award; `names` are of those who did a step, where
    the reader may know them.
    """
    doers = DOERS | {"filed": filer}
    seen = [step for step in steps if step.step in STEP_TITLES and (reasons or step.step != "held")]
    items = [_of_step(award, step, _doer(step, doers[step.step], names or {}), reasons=reasons) for step in seen]
    if award.alive:
        done = {item.key for item in items}
        last = max((STAGES.index(key) for key in done if key in STAGES), default=-1)
        items += [Item(key, STEP_TITLES[key].removesuffix("通过")) for key in STAGES[last + 1 :]]
    return items


def of_deed(deed: Deed, citation: Citation, *, names: Mapping[UUID, str], pledge: str) -> Item:
    """Give the confirmation of the deed for which an award was made, with what it refers to (R-123, R-139).

    `pledge` is the address of the pledge where the reader may open it, or empty.
    """
    links = (("闪光言行", f"/evaluation/register/deeds/{deed.addition_of or deed.id}"),)
    return Item(
        "deed", "确认闪光言行", deed.confirmed_at, _name(names, deed.confirmed_by), f"对应承诺：{citation.whole}",
        (*links, *((("承诺", pledge),) if pledge else ())),
    )  # fmt: skip


def _doer(step: Step, office: str, names: Mapping[UUID, str]) -> str:
    """Name who did a step: the person with the office, beside the organisation that files."""
    person = _name(names, step.by_id)
    return f"{office}　{person}" if person and step.step == "filed" else person or office


def _of_step(award: Award, step: Step, who: str, *, reasons: bool) -> Item:
    note = step.note
    if step.step == AwardState.WITHHELD and reasons:
        note = "；".join(REASON_NAMES.get(code, code) for code in award.withheld_reasons)
    links = ((DOCUMENT_NAMES.get(step.step, "文件"), step.document),) if step.document else ()
    return Item(step.step, STEP_TITLES[step.step], step.at, who, note, links)


def in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """Put what was done in the order of its time, and what lies ahead behind it in the order of the steps."""
    return tuple(sorted(items, key=lambda item: item.at.timestamp() if item.at else inf))


def with_current(items: Sequence[Item]) -> tuple[Item, ...]:
    """Mark the first step that is not done as the current one."""
    ahead = next((item for item in items if not item.done), None)
    return tuple(replace(item, current=item is ahead) for item in items)


def _name(names: Mapping[UUID, str], person_id: UUID | None) -> str:
    return names.get(person_id, "") if person_id is not None else ""
