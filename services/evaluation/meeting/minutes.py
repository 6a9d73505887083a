"""The minutes of a meeting, produced from its proceedings: the same text for page, PDF and Word (R-122)."""

from dataclasses import dataclass
from datetime import datetime

from services.evaluation.meeting import votes
from services.evaluation.meeting.domain import (
    CAPACITY_NAMES,
    COMMENT_NAMES,
    MANNER_NAMES,
    Manner,
    Presence,
)
from services.evaluation.meeting.proceedings import Proceedings, Row
from services.evaluation.register.domain import Deed
from shared.web.words import day, moment, period


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs."""

    title: str
    lines: list[str]


@dataclass(frozen=True)
class Minutes:
    """What the minutes say."""

    heading: tuple[str, str]
    facts: list[tuple[str, str]]
    sections: list[Section]
    signatures: tuple[str, ...] = ("主持人", "记录人", "监票人")

    @property
    def title(self) -> str:
        """Give the heading in one line."""
        return "".join(self.heading)


def of(found: Proceedings) -> Minutes:
    """Write the minutes of a meeting."""
    meeting = found.meeting
    of_votes = (found.elections, found.resolved, found.names, meeting.closed_at)
    sections = [
        Section("一、介绍交流", [_presented(found, row) for row in found.members] or ["无。"]),
        Section("二、点评", _comments(found)),
        Section("三、讨论", [note.text for note in found.discussion] or ["无讨论记录。"]),
        Section("四、民主推荐", votes.recorded(*of_votes)),
        Section("五、会议小结", [meeting.summary or "无。"]),
    ]
    if later := votes.supplement(*of_votes):
        sections.append(Section("补充（记录锁定以后）", later))
    if found.corrections:
        lines = [f"{moment(note.at)}　{found.name(note.by)}：{note.text}" for note in found.corrections]
        sections.append(Section("更改和更正", lines))
    heading = (found.organization.name, f"{period(meeting.period)}{meeting.title}会议记录")
    return Minutes(heading, _facts(found), sections)


def _facts(found: Proceedings) -> list[tuple[str, str]]:
    meeting, count = found.meeting, found.count
    quorum = "达到" if count.quorate else "未达到"
    observer = found.name(meeting.observer_id) or (
        f"未派员（{meeting.observer_reason}）" if meeting.observer_reason else "未派员"
    )
    return [
        ("时间", moment(meeting.starts_at)),
        ("地点", meeting.place),
        ("主持人", meeting.chair),
        ("记录人", meeting.recorder),
        ("应到实到", f"应到{count.entitled}人，实到{count.present}人，{quorum}规定人数（{count.needed}人）"),
        ("请假和缺席", "；".join(_absence(row) for row in found.members if _away(row)) or "无"),
        ("上级列席", observer),
        ("参加和列席", "；".join(_other(row) for row in found.others if row.attendee.capacity != "observer")),
        ("议程", meeting.agenda),
        ("记录锁定", f"{moment(meeting.closed_at)}　{found.name(meeting.closed_by)}" if meeting.closed_at else ""),
    ]


def _away(row: Row) -> bool:
    return row.attendee.presence in {Presence.EXCUSED_ABSENT, Presence.ABSENT}


def _absence(row: Row) -> str:
    return f"{row.attendee.name}：{row.attendance}"


def _other(row: Row) -> str:
    return f"{row.attendee.name}（{CAPACITY_NAMES[row.attendee.capacity]}，{row.attendance}）"


def _presented(found: Proceedings, row: Row) -> str:
    name, presentation = row.attendee.name, row.presentation
    if presentation is None:
        return f"{name}：{'免予参加' if row.attendee.exempt else '未登记介绍情况'}。"
    if presentation.manner is Manner.NONE:
        return f"{name}：未作介绍。"
    texts = [*(_deed(found, deed) for deed in row.deeds), presentation.text]
    said = "；".join(filter(None, texts)) or f"{found.scheme.labels.register}没有本季度的记录，内容未记。"
    return f"{name}（{MANNER_NAMES[presentation.manner]}）：{said}{_late(found, presentation.entered_at)}"


def _deed(found: Proceedings, deed: Deed) -> str:
    pledge = found.pledge_of(deed)
    return f"{deed.text}（对应承诺：{pledge}）" if pledge else deed.text


def _comments(found: Proceedings) -> list[str]:
    lines = [
        f"{row.attendee.name}（{COMMENT_NAMES[row.comment.kind]}）：{row.comment.text}{_late(found, row.comment.at)}"
        for row in found.members
        if row.comment
    ]
    if found.uncommented:
        lines.append(f"未点评：{'、'.join(found.uncommented)}。")
    return lines or ["无。"]


def _late(found: Proceedings, at: datetime) -> str:
    return f"（{day(at)}补录）" if found.meeting.entered_late(at) else ""
