"""What a message is: a kind with a neutral text, and a link; and the mail that carries several."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What a message is about."""

    MEETING_ANNOUNCED = "meeting_announced"
    OBSERVER_SENT = "observer_sent"
    OBSERVER_DECIDED = "observer_decided"
    MEETING_CANCELLED = "meeting_cancelled"
    HEARING_OPENED = "hearing_opened"
    FINDING_CONCLUDED = "finding_concluded"
    BALLOT_CALLED = "ballot_called"
    BALLOT_ANNULLED = "ballot_annulled"
    AWARD_HELD = "award_held"
    AWARD_WITHHELD = "award_withheld"
    FILING_SUBMITTED = "filing_submitted"
    FILING_RETURNED = "filing_returned"
    FILING_ACKNOWLEDGED = "filing_acknowledged"
    NOTICE_POSTED = "notice_posted"
    OBJECTION_RAISED = "objection_raised"
    OBJECTION_DECIDED = "objection_decided"
    AWARD_STOPPED = "award_stopped"
    AWARD_PUBLISHED = "award_published"
    AWARD_REVOKED = "award_revoked"
    PLEDGE_APPRAISED = "pledge_appraised"
    PLEDGE_DUE = "pledge_due"
    PLEDGE_OVERDUE = "pledge_overdue"
    PLEDGE_COMMENTED = "pledge_commented"
    PLEDGE_RETURNED = "pledge_returned"
    PLEDGE_HELP = "pledge_help"
    MEASURE_PROPOSED = "measure_proposed"
    MEASURE_DECIDED = "measure_decided"
    PASSWORD_RESET = "password_reset"  # noqa: S105 — what a message is about
    OTHER = "other"
    """what another release told, after a return to this one; never told by itself"""

    @classmethod
    def _missing_(cls, value: object) -> "Kind | None":
        return cls.OTHER if isinstance(value, str) else None


TEXTS = {
    Kind.MEETING_ANNOUNCED: "有党支部报告了会议安排，请查看并确定是否派员参加。",
    Kind.OBSERVER_SENT: "上级派您参加一次支部会议，请查看时间和地点。",
    Kind.OBSERVER_DECIDED: "上级对派员参加会议已有安排，请查看。",
    Kind.MEETING_CANCELLED: "一次支部会议的安排有变，请查看。",
    Kind.FINDING_CONCLUDED: "一件与您有关的事项已有结果，请查看。",
    Kind.HEARING_OPENED: "有一件与您有关的事项请您答复。",
    Kind.BALLOT_CALLED: "请您担任一次会议的监票人。",
    Kind.BALLOT_ANNULLED: "一次会议的投票须重新组织，请查看。",
    Kind.AWARD_HELD: "本支部的一项评选事项须由人办理，请查看。",
    Kind.AWARD_WITHHELD: "本支部的一项评选事项请您查看。",
    Kind.FILING_SUBMITTED: "有新报送的备案材料，请办理。",
    Kind.FILING_RETURNED: "备案材料已退回，请更正后重新报送。",
    Kind.FILING_ACKNOWLEDGED: "报送的材料已经备案。",
    Kind.NOTICE_POSTED: "一项公示已经张贴，请查看。",
    Kind.OBJECTION_RAISED: "收到一件公示异议，请办理。",
    Kind.OBJECTION_DECIDED: "一件公示异议已经办结。",
    Kind.AWARD_STOPPED: "本支部的一项评选事项请您查看。",
    Kind.AWARD_PUBLISHED: "一项荣誉已经公布，请查看。",
    Kind.AWARD_REVOKED: "一项荣誉有变动，请查看。",
    Kind.PLEDGE_APPRAISED: "一份承诺已经评议，请查看；有意见可以提出。",
    Kind.PLEDGE_DUE: "一项承诺临近完成时限，请登记进展；有困难可以反映。",
    Kind.PLEDGE_OVERDUE: "一项承诺已过完成时限，请登记进展；有困难可以反映。",
    Kind.PLEDGE_COMMENTED: "对您履行承诺的情况有了点评，请查看。",
    Kind.PLEDGE_RETURNED: "一份承诺有审诺意见，请查看并修改。",
    Kind.PLEDGE_HELP: "有承诺事项已过完成时限，请去提醒或帮助。",
    Kind.MEASURE_PROPOSED: "有一件与承诺有关的事项请您陈述意见。",
    Kind.MEASURE_DECIDED: "一件与承诺有关的事项已有决定，请查看。",
    Kind.OTHER: "有一件事项请您查看。",
    Kind.PASSWORD_RESET: (
        "您的登录密码已由他人设置或重置；如不是您本人要求的，请立即联系所在党总支或党委组织部；"
        "正在进行电子投票的，同时告诉监票人。"
    ),
}
"""Texts name nobody, no result and no finding (requirements 2.10); what it is about stands behind the link."""


ALWAYS_MAILED = (Kind.PASSWORD_RESET,)
"""What is mailed even if it was read in the application: it may have been read by who knows the new password."""


@dataclass(frozen=True)
class Message:
    """What one person is told."""

    tenant_id: UUID
    id: UUID
    person_id: UUID
    kind: Kind
    href: str
    made_at: datetime
    read_at: datetime | None

    @property
    def text(self) -> str:
        """Give the sentence to be shown."""
        return TEXTS[self.kind]


@dataclass(frozen=True)
class Mail:
    """A mail on its way to one person."""

    tenant_id: UUID
    id: UUID
    person_id: UUID
    address: str
    attempts: int
    made_at: datetime


@dataclass(frozen=True)
class Letter:
    """A mail that was claimed, with the messages that it carries."""

    mail: Mail
    messages: list[Message]


@dataclass(frozen=True)
class Outcome:
    """What became of a mail: without a fault it went out; with one it is given up or tried again."""

    mail: Mail
    fault: str = ""
    again: bool = False
