"""When the winner may be asked, may answer, and must be waited for (requirements 2.5)."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.notify.objection.domain import Objection
from services.notify.objection.rules import check_undecided
from services.notify.reply.domain import Reply
from shared.errors import NotAllowed, NotFound, RuleBroken


class ReplyNotFound(NotFound):
    """没有需要您说明的这件事项。"""


class NotYourReply(NotAllowed):
    """这件事项不是请您说明的。"""


class AskedAlready(RuleBroken):
    """已经请本人说明过。"""


class RepliedAlready(RuleBroken):
    """您已经作过说明，不能修改；需要补充的，请向处理人当面说明。"""


class ReplyAwaited(RuleBroken):
    """已请本人说明，说明期未满，本人尚未答复，暂不能作出决定。"""


def ask(objection: Objection, asked: Reply | None) -> None:
    """Refuse to ask about what is decided, or twice. Raises `ObjectionDecidedAlready`, `AskedAlready`."""
    check_undecided(objection)
    if asked is not None:
        raise AskedAlready


def check_own(reply: Reply, person_id: UUID) -> None:
    """Let nobody but the winner see and answer. Raises `NotYourReply`."""
    if reply.person_id != person_id:
        raise NotYourReply


def answer(reply: Reply, objection: Objection, text: bytes, now: datetime) -> Reply:
    """Take the winner's answer, once, also after the last day while nothing is decided.

    Raises `ObjectionDecidedAlready`, `RepliedAlready`.
    """
    check_undecided(objection)
    if reply.text is not None:
        raise RepliedAlready
    return replace(reply, text=text, replied_at=now)


def check_heard(reply: Reply | None, today: date) -> None:
    """Refuse a decision while the winner still has time to answer. Raises `ReplyAwaited`."""
    if reply is not None and reply.text is None and today <= reply.reply_until_on:
        raise ReplyAwaited(details=[f"说明期至{reply.reply_until_on.isoformat()}。"])
