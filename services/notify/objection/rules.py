"""Who may object, when and how often; who may handle it; hearing before decision."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.notify.award.domain import Award
from services.notify.award.domain import State as AwardState
from services.notify.objection.domain import STATE_NAMES, UNDECIDED, Channel, Objection, State
from shared.errors import Invalid, NotAllowed, NotFound, Refusal, RuleBroken

LONGEST = 2000
PER_HOUR = {True: 400, False: 300}
"""Objections on the page, signed and anonymous, that one notice takes within an hour from everybody together."""


class ObjectionNotFound(NotFound):
    """没有这件异议。"""


class ReceiptUnknown(NotFound):
    """没有与此查询码相符的异议，请核对后再试。"""


class NotOnNotice(Invalid):
    """此人不在这份公示之中。"""


class ContactNeeded(Invalid):
    """署名异议须同时填写姓名和联系方式；不愿署名的，两项都不填。"""


class NotReceivedYet(Invalid):
    """收到日期不能晚于今天。"""


class NotPostedYet(Invalid):
    """收到日期早于公示发出之日。"""


class DepartmentRevokes(NotAllowed):
    """此人已经公布，异议成立即撤销荣誉，须由党委组织部作出决定。"""


class TooManyObjections(Refusal):
    """短时间内收到的异议太多，请稍后再试，或向意见箱投递书面意见。"""

    status = 429


class NotImpartial(NotAllowed):
    """您是被反映人或其所在支部的负责人，应当回避，不能查看和处理这件异议。"""


class ObjectionDecidedAlready(RuleBroken):
    """这件异议已经作出决定。"""


class HearingNeeded(RuleBroken):
    """作出决定之前，须先听取本人和支部的意见并记录。"""


def check_raised(award: Award, notice_id: UUID, channel: Channel, name: str, contact: str) -> bool:
    """Say whether an objection is signed. Raises `NotOnNotice`, `ContactNeeded`.

    Publication waits for nobody, so what lay there on paper in time may come to be entered after it (requirements
    2.4): it is taken all the same, and if it is upheld, the award is revoked.
    """
    open_states = {AwardState.POSTED, AwardState.PUBLISHED} if channel is Channel.PAPER else {AwardState.POSTED}
    if award.notice_id != notice_id or award.state not in open_states:
        raise NotOnNotice
    if bool(name) != bool(contact):
        raise ContactNeeded
    return bool(name)


def check_received(received_on: date, posted_on: date, today: date) -> None:
    """Refuse paper from before the notice or from the future. Raises `NotPostedYet`, `NotReceivedYet`."""
    if received_on > today:
        raise NotReceivedYet
    if received_on < posted_on:
        raise NotPostedYet


def check_flood(recent: int, *, signed: bool) -> None:
    """Refuse when a notice took too many within the hour. Raises `TooManyObjections`."""
    if recent >= PER_HOUR[signed]:
        raise TooManyObjections


def check_impartial(person_id: UUID, award: Award, heads: Collection[UUID]) -> None:
    """Refuse the winner and the heads of the winner's branch as handlers (requirements 2.4). Raises `NotImpartial`."""
    if person_id == award.person_id or person_id in heads:
        raise NotImpartial


def hear(objection: Objection, note: bytes, person_id: UUID, now: datetime) -> Objection:
    """Note what the winner and the branch said. Raises `ObjectionDecidedAlready`."""
    check_undecided(objection)
    return replace(objection, state=State.HEARD, hearing=note, heard_by=person_id, heard_at=now)


def decide(objection: Objection, upheld: bool, statement: bytes, person_id: UUID, now: datetime) -> Objection:
    """Decide an objection that was heard. Raises `ObjectionDecidedAlready`, `HearingNeeded`."""
    check_undecided(objection)
    if objection.state is not State.HEARD:
        raise HearingNeeded
    state = State.UPHELD if upheld else State.DISMISSED
    return replace(objection, state=state, statement=statement, decided_by=person_id, decided_at=now)


def check_undecided(objection: Objection) -> None:
    """Refuse what is decided. Raises `ObjectionDecidedAlready`."""
    if objection.state not in UNDECIDED:
        raise ObjectionDecidedAlready(details=[f"决定为“{STATE_NAMES[objection.state]}”。"])
