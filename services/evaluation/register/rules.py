"""What may be entered in a register, when entries close, who sees which deed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.evaluation.meeting.domain import Meeting, MeetingState
from services.evaluation.pledge.domain import Item
from services.evaluation.register.domain import Deed, DeedState
from shared import period
from shared.directory.domain import Person
from shared.errors import Invalid, NotAllowed, RuleBroken
from shared.scheme import Scheme

LONGEST = 2000


NOT_OWN = "对应的承诺应为本人已公示的承诺。"
NOT_ITEM = "所选的承诺事项不在这份承诺现在公示的文本中，请重新选择。"


class BadEntry(Invalid):
    """登记内容不符合要求。"""


class NoRegister(RuleBroken):
    """只有党员填写登记证。"""


class EntriesClosed(RuleBroken):
    """会议已经召开，本季度的登记已经截止。"""


class EntryNeedsReason(Invalid):
    """代他人登记须写明原因，如本人口述、年老体弱。"""


class Locked(RuleBroken):
    """这条登记已在会上介绍，不能修改，只能补充说明。"""


class NotYourEntry(NotAllowed):
    """本人登记的内容，他人不能修改或撤回；请本人在开会前修改，或在会上介绍后补充说明。"""


class NotLocked(RuleBroken):
    """这条登记尚未在会上介绍，可以直接修改。"""


class NotPresented(RuleBroken):
    """会上介绍过的闪光言行才能确认。"""


class AdditionNeedsReason(Invalid):
    """补充说明须写明内容和原因。"""


def enter(
    deed: Deed, person: Person, *, meeting: Meeting | None, scheme: Scheme, today: date, own_pledge: bool = True
) -> Deed:
    """Judge a new or changed entry (R-111, R-112).

    Somebody else may enter from paper, with a reason, as long as the meeting lasts. `own_pledge` says that the pledge
    to which it refers, if there is one, is the member's own and published (R-139).
    Raises `NoRegister`, `EntriesClosed`, `EntryNeedsReason`, `BadEntry`.
    """
    if not person.is_member:
        raise NoRegister
    if not is_open(meeting, for_another=deed.by_another):
        raise EntriesClosed
    if deed.by_another and not deed.entry_reason:
        raise EntryNeedsReason
    if found := [*obstacles(deed, scheme, today), *([] if own_pledge else [NOT_OWN]), *_item(deed)]:
        raise BadEntry(details=found)
    return deed


def _item(deed: Deed) -> list[str]:
    return [NOT_ITEM] if deed.pledge_item_id and deed.pledge_version is None else []


def cite(deed: Deed, versions: Sequence[Item], before: Deed | None = None) -> Deed:
    """Give a deed with what the item that it chooses implies: its pledge, and the version in whose words it stands.

    `versions` are the item's; the deed may name one. What the entry cited `before` it keeps where it names none, also
    where the pledge was revised since; it may be moved to the newest version, in which another item must stand. Else
    the version stays open, which `enter` refuses (R-139).
    """
    if deed.pledge_item_id is None:
        return replace(deed, pledge_version=None)
    pledge_id = deed.pledge_id or next((one.pledge_id for one in versions), None)
    deed = replace(deed, pledge_id=pledge_id)
    same = before is not None and (before.pledge_id, before.pledge_item_id) == (pledge_id, deed.pledge_item_id)
    kept = [before.pledge_version] if before and same else []
    allowed = kept + [one.version for one in versions if one.current and one.pledge_id == pledge_id]
    if deed.pledge_version is not None:
        allowed = [one for one in allowed if one == deed.pledge_version]
    return replace(deed, pledge_version=next(iter(allowed), None))


def is_open(meeting: Meeting | None, *, for_another: bool) -> bool:
    """Say whether entries of a quarter are still taken: until the meeting opens; from paper until its minutes lock."""
    if meeting is None or meeting.state is MeetingState.ANNOUNCED:
        return True
    return for_another and meeting.state is MeetingState.OPEN


def obstacles(deed: Deed, scheme: Scheme, today: date) -> list[str]:
    """List everything that is wrong with an entry."""
    tags = scheme.register
    found = [f"“{aspect}”不在五带头之列。" for aspect in deed.aspects if aspect not in tags.aspects]
    if not deed.aspects:
        found.append("请至少选择一项带头作用。")
    if deed.type not in tags.types:
        found.append(f"类型应为：{'、'.join(tags.types)}。")
    if deed.field and deed.field not in tags.fields:
        found.append(f"“{deed.field}”不在体现方面之列。")
    if not 0 < len(deed.text.strip()) <= LONGEST:
        found.append(f"请写明事迹，不超过{LONGEST}字。")
    if not deed.declared:
        found.append("请确认所填内容属实。")
    return found + _dates(deed, today)


def _dates(deed: Deed, today: date) -> list[str]:
    if not period.PATTERN.match(deed.period):
        return ["季度的写法应如 2013Q1。"]
    if deed.period > period.of(today):
        return ["不能登记以后季度的事迹。"]
    on = deed.happened_on
    if on is None:
        return []
    if on > today:
        return ["发生日期不能晚于今天。"]
    return [] if period.of(on) == deed.period else ["发生日期不在所填的季度内。"]


def change(deed: Deed, *, by: UUID) -> Deed:
    """Give the deed if it may still be changed or taken back by somebody (R-113, R-272).

    What a member wrote is the member's alone; what an officer entered from paper, officers and the member may correct.
    Raises `Locked`, `NotYourEntry`.
    """
    if deed.state is not DeedState.ENTERED:
        raise Locked
    if not owns(deed, by):
        raise NotYourEntry
    return deed


def owns(deed: Deed, person_id: UUID) -> bool:
    """Say whether an entry is somebody's to change: the member's, or entered by another and so the officers' too."""
    return person_id == deed.person_id or deed.by_another


def add(deed: Deed, new_id: UUID, text: str, reason: str, *, by: UUID, now: datetime) -> Deed:
    """Make an addition to a deed that was presented (R-113). Raises `NotLocked`, `AdditionNeedsReason`."""
    if deed.state is DeedState.ENTERED:
        raise NotLocked
    if not text.strip() or not reason.strip():
        raise AdditionNeedsReason
    return replace(
        deed, id=new_id, text=text.strip(), addition_of=deed.addition_of or deed.id, addition_reason=reason.strip(),
        state=DeedState.PRESENTED, entered_by=by, entered_at=now, entry_reason="", confirmed_by=None, confirmed_at=None,
    )  # fmt: skip


def confirm(deed: Deed, *, by: UUID, now: datetime) -> Deed:
    """Confirm a deed that was presented (R-123); a second time changes nothing. Raises `NotPresented`."""
    if deed.state is DeedState.ENTERED:
        raise NotPresented
    if deed.state is DeedState.CONFIRMED:
        return deed
    return replace(deed, state=DeedState.CONFIRMED, confirmed_by=by, confirmed_at=now)


def visible(deeds: list[Deed], viewer_id: UUID, *, runs_branch: bool, in_branch: bool) -> list[Deed]:
    """Give what somebody may read: the own all; the branch's officers all; the branch what was presented; others what
    was confirmed (R-123).
    """
    seen = {DeedState.PRESENTED, DeedState.CONFIRMED} if in_branch else {DeedState.CONFIRMED}
    return [deed for deed in deeds if runs_branch or deed.person_id == viewer_id or deed.state in seen]
