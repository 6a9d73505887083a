"""On whom and when a remark may be made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.pledge.remark import rhythm
from services.pledge.remark.domain import Kind, Remark
from shared.errors import Invalid, RuleBroken

LONGEST = 1000


class PeriodAhead(RuleBroken):
    """这一周期还没有开始。"""


class BadRemarks(Invalid):
    """点评填写有误。"""


@dataclass(frozen=True)
class Said:
    """What is said of one pledger."""

    person_id: UUID
    kind: Kind
    text: str


def check_period(period: str, today: date) -> None:
    """Refuse a period that is not one or that lies ahead. Raises `BadPeriod`, `PeriodAhead`."""
    if rhythm.first_day(rhythm.check(period)) > today:
        raise PeriodAhead


def check(said: Sequence[Said], pledgers: dict[UUID, str], *, by: UUID) -> None:
    """Refuse remarks with all that is wrong with them; `pledgers` gives names. Raises `BadRemarks`."""
    found = [f"{pledgers[one.person_id]}：请写明内容。" for one in said if one.person_id in pledgers and not one.text]
    if any(one.person_id not in pledgers for one in said):
        found.append("只点评本期已公示承诺的承诺人。")
    if any(one.person_id == by for one in said):
        found.append("自己的履诺情况由支部其他负责同志或上级党组织点评。")
    if len({one.person_id for one in said}) < len(said):
        found.append("每人每期点评一次。")
    if found:
        raise BadRemarks(details=found)


def news(said: Sequence[Said], standing: dict[UUID, Remark]) -> list[Said]:
    """Leave out what stands already in the same words."""
    return [
        one
        for one in said
        if one.person_id not in standing
        or (standing[one.person_id].kind, standing[one.person_id].text) != (one.kind, one.text)
    ]
