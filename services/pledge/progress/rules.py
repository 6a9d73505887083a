"""What may be reported on a matter that was promised, and by which words."""

from datetime import date
from uuid import UUID

from services.pledge.pledge.domain import Pledge, PledgeState
from services.pledge.progress.domain import WANT_REASON, Entry, Matter, Table
from shared.errors import Invalid, NotFound, RuleBroken

LONGEST = 1000


class BadProgress(Invalid):
    """履诺进度填写有误。"""


class NotPublished(RuleBroken):
    """承诺公示以后才登记履诺进度。"""


class MatterNotFound(NotFound):
    """公示的承诺中没有这一事项。"""


class PledgeEnded(RuleBroken):
    """这份承诺已经办结，只能补记还没有结果的事项。"""


class NeedsCorrection(Invalid):
    """这一事项已有结果，更正须写明更正的原因。"""


def published(pledge: Pledge) -> int:
    """Give the version that is public. Raises `NotPublished`."""
    if pledge.published_version is None or pledge.state is PledgeState.WITHDRAWN:
        raise NotPublished
    return pledge.published_version


def matter_of(table: Table, item_id: UUID) -> Matter:
    """Give the matter with an id. Raises `MatterNotFound`."""
    for matter in table.matters:
        if matter.item.item_id == item_id:
            return matter
    raise MatterNotFound


def enter(pledge: Pledge, matter: Matter, entry: Entry, today: date, *, own: bool = False) -> Entry:
    """Judge an entry; the same again gives the one that counts already.

    `own` says that who enters it promised it with the pledger.
    After the pledge ended only a result that is still missing is taken (R-077).
    Raises `BadProgress`, `PledgeEnded`, `NeedsCorrection`.
    """
    last = matter.last
    if last is not None and last.says_as(entry):
        return last
    if found := obstacles(pledge, entry, today, own=own):
        raise BadProgress(details=found)
    if pledge.state is not PledgeState.OPEN and (matter.final or not entry.state.final):
        raise PledgeEnded
    if matter.final and not entry.correction:
        raise NeedsCorrection
    return entry


def obstacles(pledge: Pledge, entry: Entry, today: date, *, own: bool = False) -> list[str]:
    """List everything that is wrong with an entry."""
    found = []
    if entry.state in WANT_REASON and not entry.reason:
        found.append("未完成、变更、取消的，须写明原因。")
    if entry.happened_on > today:
        found.append("日期不能晚于今天。")
    if not own and entry.entered_by != pledge.person_id and pledge.person_id is not None and not entry.entry_reason:
        found.append("代他人登记须写明原因，如据纸质履诺进度表录入。")
    return found
